/** The participants' names over their lifelines; stay in place while the diagram scrolls. */
import { Menu, UnstyledButton } from '@mantine/core'
import {
  IconCertificate,
  IconChevronDown,
  IconDeviceDesktop,
  IconEyeOff,
  IconServer,
  IconWorldWww,
} from '@tabler/icons-react'
import { useStore } from '@xyflow/react'
import type { Lane, LaneRole } from '../../shared/acme/model.ts'
import { shownText } from '../../shared/shown-text.ts'
import { useScene } from './flow-context.ts'
import { hideLane } from './hide-lanes.ts'
import styles from './lanes.module.css'

const roles: Readonly<Record<LaneRole, { readonly Icon: typeof IconServer; readonly word: string }>> = {
  client: { Icon: IconDeviceDesktop, word: 'client' },
  ca: { Icon: IconCertificate, word: 'certification authority' },
  dns: { Icon: IconWorldWww, word: 'DNS provider' },
  other: { Icon: IconServer, word: 'other' },
}

const detailOf = ({ hosts, role }: Lane): string => {
  const [first, ...others] = hosts
  return first === undefined ? roles[role].word : `${shownText(first)}${others.length ? ` +${others.length}` : ''}`
}

function LaneMenu({ lane, alone }: { lane: Lane; alone: boolean }) {
  return (
    <Menu.Dropdown>
      <Menu.Label>
        {roles[lane.role].word}
        {lane.hosts.length > 0 && <span className={styles.hosts}>{lane.hosts.map(shownText).join('\n')}</span>}
      </Menu.Label>
      {/* Not `disabled`: a menu in which nothing can have the focus does not close by key. */}
      <Menu.Item
        className={styles.hide}
        leftSection={<IconEyeOff size={14} />}
        aria-disabled={alone}
        closeMenuOnClick={!alone}
        title={alone ? 'Without it nothing would be left to draw' : 'Its steps leave the diagram as well'}
        onClick={() => !alone && hideLane(lane.id)}
      >
        Hide this lane
      </Menu.Item>
    </Menu.Dropdown>
  )
}

function LaneHeader({ lane, x, room, alone }: { lane: Lane; x: number; room: number; alone: boolean }) {
  const { Icon } = roles[lane.role]
  const label = shownText(lane.label)
  return (
    <li className={styles.lane} style={{ left: x, maxWidth: room }} data-testid="lane" data-lane={lane.id}>
      <Menu position="bottom" width={250} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <UnstyledButton className={styles.name} title={[label, ...lane.hosts.map(shownText)].join('\n')}>
            <Icon size={15} stroke={1.7} aria-hidden="true" />
            <span className={styles.label}>{label}</span>
            <IconChevronDown size={12} className={styles.more} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <LaneMenu lane={lane} alone={alone} />
      </Menu>
      <span className={styles.host}>{detailOf(lane)}</span>
    </li>
  )
}

/** What the columns at the right hold. */
function ColumnHeads({ x, zoom }: { x: number; zoom: number }) {
  const { columns } = useScene().geometry
  if (columns === null) return null
  const at = ({ left, width }: { left: number; width: number }) => ({ left: left * zoom + x, width: width * zoom })
  return (
    <div className={styles.heads} aria-hidden="true">
      <span style={at(columns.size)}>Size</span>
      <span style={at(columns.took)}>Took</span>
      <span style={at(columns.reference)}>Section</span>
    </div>
  )
}

export function LaneHeaders() {
  const { lanes, geometry } = useScene()
  const x = useStore(({ transform }) => transform[0])
  const zoom = useStore(({ transform }) => transform[2])
  return (
    <div className={styles.bar}>
      <ul className={styles.lanes} aria-label="Participants">
        {lanes.map((lane) => (
          <LaneHeader
            key={lane.id}
            lane={lane}
            x={(geometry.laneX.get(lane.id) ?? 0) * zoom + x}
            room={Math.max(100, geometry.spacing * zoom - 8)}
            alone={lanes.length <= 2}
          />
        ))}
      </ul>
      <ColumnHeads x={x} zoom={zoom} />
    </div>
  )
}
