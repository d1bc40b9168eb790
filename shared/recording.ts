/** A captured session: what a person starts, names, opens and shares. */

export interface Recording {
  readonly id: string
  readonly name: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Absent while it is being recorded, and after a crash. */
  readonly endedAt?: string
  readonly source: 'live' | 'import'
  /** Version of acmescope that wrote it. */
  readonly toolVersion: string
}

export interface RecordingSummary extends Recording {
  /** Number of exchanges in it. */
  readonly exchanges: number
  /** `example`: ships with the tool and cannot be changed. */
  readonly origin: 'stored' | 'example'
}

/** A person's remark on an exchange, a step or the whole recording. */
export interface Note {
  readonly id: string
  readonly exchange: string | null
  readonly text: string
  /** ISO 8601, UTC. */
  readonly writtenAt: string
}
