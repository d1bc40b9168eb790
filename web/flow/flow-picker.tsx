/** Which order's flow is drawn, where a recording holds several: all of them at once, or one by itself. */
import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import type { OrderFlow } from '../../shared/acme/flow/flows.ts'
import type { Lane } from '../../shared/acme/model.ts'
import { goTo } from '../session/location.ts'
import { StatusChip } from '../theme/chip.tsx'
import { clockTime } from '../theme/time.ts'
import styles from './flow.module.css'

interface FlowPickerProps {
  readonly flows: readonly OrderFlow[]
  /** The one that is drawn; null when all are. */
  readonly shown: OrderFlow | null
  readonly lanes: readonly Lane[]
}

/** `example.org +2` */
const namesOf = ({ names: [first, ...others] }: OrderFlow): string =>
  first === undefined ? 'An order' : others.length === 0 ? first : `${first} +${others.length}`

function Detail({ flow, lanes }: { flow: OrderFlow; lanes: readonly Lane[] }) {
  const label = (id: string) => lanes.find((lane) => lane.id === id)?.label ?? id
  return (
    <span className={styles.pickDetail}>
      {clockTime(flow.startedAt)} · {label(flow.client)} → {label(flow.ca)}
      {flow.renews !== null && ' · renewal'}
    </span>
  )
}

export function FlowPicker({ flows, shown, lanes }: FlowPickerProps) {
  if (flows.length < 2) return null
  const all = `All ${flows.length} orders`
  const mark = (isShown: boolean) => (isShown ? <IconCheck size={14} aria-label="shown" /> : null)
  return (
    <Menu width={360} position="bottom-start">
      <Menu.Target>
        <UnstyledButton
          className={styles.picker}
          data-testid="flow-picker"
          title={shown?.names.join(', ') ?? `${all} are drawn together`}
        >
          <span className={styles.pickerName}>{shown === null ? all : namesOf(shown)}</span>
          <IconSelector size={13} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={styles.pickerMenu}>
        <Menu.Item rightSection={mark(shown === null)} onClick={() => goTo({ order: null })}>
          {all}, as they happened
        </Menu.Item>
        <Menu.Divider />
        {flows.map((flow) => (
          <Menu.Item
            key={flow.order}
            rightSection={mark(flow.order === shown?.order)}
            onClick={() => goTo({ order: flow.order })}
          >
            <span className={styles.pickName} title={flow.names.join(', ')}>
              <span className={styles.pickNames}>{namesOf(flow)}</span>
              {flow.status !== null && <StatusChip status={flow.status} />}
            </span>
            <Detail flow={flow} lanes={lanes} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
