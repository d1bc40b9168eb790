/** Saves what is shown; drawn only for a source that can be saved. */
import { Button, Menu } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { useSession } from '../session/session.ts'
import styles from './app.module.css'

export function ExportMenu() {
  const exports = useSession((session) => (session.trouble === null ? session.source?.exports : undefined)) ?? []
  if (exports.length === 0) return null
  return (
    <Menu width={300} position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          className={styles.export}
          aria-label="Export"
          leftSection={<IconDownload size={14} />}
          rightSection={<IconChevronDown size={13} />}
        >
          <span>Export</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {exports.map(({ label, hint, href, warning }) => (
          <Menu.Item
            key={href}
            component="a"
            href={href}
            download
            leftSection={
              warning ? (
                <IconAlertTriangle size={16} className={styles.warning} />
              ) : (
                <IconShieldCheck size={16} className={styles.safe} />
              )
            }
          >
            <span className={styles.pickName}>{label}</span>
            <span className={styles.hint} data-warning={warning}>
              {hint}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
