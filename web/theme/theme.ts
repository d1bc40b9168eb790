/** Mantine in our colours: one accent, compact sizes, system fonts. */
import { Button, createTheme, type MantineColorsTuple, Menu, Modal, Notification, Tooltip } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef1ff',
  '#dde3ff',
  '#bcc7ff',
  '#9eaeff',
  '#8b9cff',
  '#6d80f5',
  '#4c5fd5',
  '#3f51c9',
  '#3442a6',
  '#2a3585',
]

const dark: MantineColorsTuple = [
  '#e6e8ec',
  '#c3c9d3',
  '#9aa3b2',
  '#788193',
  '#363d49',
  '#2a303a',
  '#1a1e25',
  '#0f1216',
  '#0b0d11',
  '#08090c',
]

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withinPortal: true, fz: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, transitionProps: { duration: 120 } } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } }),
    Button: Button.extend({ defaultProps: { fw: 500 } }),
  },
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
})
