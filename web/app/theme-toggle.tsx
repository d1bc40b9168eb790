/** Dark, light, or as the system has it. */
import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceLaptop, IconMoon, IconSun } from '@tabler/icons-react'

const schemes: readonly { readonly id: MantineColorScheme; readonly label: string; readonly Icon: typeof IconSun }[] = [
  { id: 'dark', label: 'Dark', Icon: IconMoon },
  { id: 'light', label: 'Light', Icon: IconSun },
  { id: 'auto', label: 'As the system', Icon: IconDeviceLaptop },
]

export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const current = schemes.find(({ id }) => id === colorScheme)
  const Icon = current?.Icon ?? IconDeviceLaptop
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="md" aria-label={`Theme: ${current?.label ?? ''}`}>
          <Icon size={17} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme.id}
            leftSection={<scheme.Icon size={15} stroke={1.6} />}
            rightSection={scheme === current ? <IconCheck size={14} /> : null}
            onClick={() => setColorScheme(scheme.id)}
          >
            {scheme.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
