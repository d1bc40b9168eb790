/** Which columns are shown, and in which order. */
import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react'
import { COLUMNS, type Column, columnOf } from './columns.tsx'
import styles from './exchanges.module.css'
import { moved, type TableLayout } from './layout.ts'

function Choice({ column, layout }: { column: Column; layout: TableLayout }) {
  const { id, label, meaning } = column
  const { shown } = layout.layout
  const move = (by: 1 | -1) => layout.change({ order: moved(layout.layout, id, by) })
  return (
    <li className={styles.choice}>
      <Checkbox
        size="xs"
        label={label}
        title={meaning}
        checked={layout.drawn.has(id)}
        onChange={(event) => layout.change({ shown: { ...shown, [id]: event.currentTarget.checked } })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Move ${label} to the left`}
        onClick={() => move(-1)}
      >
        <IconChevronUp size={14} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Move ${label} to the right`}
        onClick={() => move(1)}
      >
        <IconChevronDown size={14} aria-hidden="true" />
      </ActionIcon>
    </li>
  )
}

/** In the order in which they are drawn. */
function ordered({ layout }: TableLayout): readonly Column[] {
  const listed = layout.order.flatMap((id) => columnOf(id) ?? [])
  return [...listed, ...COLUMNS.filter((column) => !listed.includes(column))]
}

export const ColumnChooser = ({ layout }: { layout: TableLayout }) => (
  <Popover position="bottom-end" trapFocus withinPortal>
    <Popover.Target>
      <Button
        size="compact-sm"
        variant="default"
        className={styles.columnsButton}
        leftSection={<IconColumns3 size={14} />}
      >
        Columns
      </Button>
    </Popover.Target>
    <Popover.Dropdown className={styles.chooser} aria-label="Columns">
      <ul>
        {ordered(layout).map((column) => (
          <Choice key={column.id} column={column} layout={layout} />
        ))}
      </ul>
      <Button size="compact-xs" variant="subtle" onClick={layout.reset}>
        Reset columns
      </Button>
    </Popover.Dropdown>
  </Popover>
)
