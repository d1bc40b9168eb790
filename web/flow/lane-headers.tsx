/** The participants' names over their lifelines; stay in place while the diagram scrolls. */
import { IconCertificate, IconDeviceDesktop, IconServer, IconWorldWww } from '@tabler/icons-react'
import { useStore } from '@xyflow/react'
import type { Lane, LaneRole } from '../../shared/acme/model.ts'
import styles from './flow.module.css'
import { useScene } from './flow-context.ts'

const icons: Readonly<Record<LaneRole, typeof IconServer>> = {
  client: IconDeviceDesktop,
  ca: IconCertificate,
  dns: IconWorldWww,
  other: IconServer,
}

function LaneHeader({ lane, x, room }: { lane: Lane; x: number; room: number }) {
  const Icon = icons[lane.role]
  const hosts = lane.hosts.join('\n')
  return (
    <li
      className={styles.lane}
      style={{ left: x, maxWidth: room }}
      data-testid="lane"
      title={hosts === '' ? lane.label : hosts}
    >
      <span className={styles.laneName}>
        <Icon size={15} stroke={1.7} aria-hidden="true" />
        <span className={styles.laneLabel}>{lane.label}</span>
      </span>
      <span className={styles.laneHost}>
        {lane.hosts[0] ?? lane.role}
        {lane.hosts.length > 1 && ` +${lane.hosts.length - 1}`}
      </span>
    </li>
  )
}

export function LaneHeaders({ rightInset }: { rightInset: number }) {
  const { lanes, geometry } = useScene()
  const x = useStore(({ transform }) => transform[0])
  const zoom = useStore(({ transform }) => transform[2])
  return (
    <ul className={styles.lanes} style={{ paddingRight: rightInset }} aria-label="Participants">
      {lanes.map((lane) => (
        <LaneHeader
          key={lane.id}
          lane={lane}
          x={(geometry.laneX.get(lane.id) ?? 0) * zoom + x}
          room={Math.max(120, geometry.spacing * zoom - 8)}
        />
      ))}
    </ul>
  )
}
