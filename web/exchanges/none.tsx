/** Nothing fits: which condition is to blame, and ways on. */
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useRef } from 'react'
import { whatExcludes } from '../../shared/query/none.ts'
import type { Known, Query, Subject } from '../../shared/query/query.ts'
import { shownText } from '../../shared/shown-text.ts'
import styles from './exchanges.module.css'

const PAUSE_MS = 500

interface NoneProps {
  readonly query: Query
  readonly subjects: readonly Subject[]
  readonly known: Known
  readonly ask: (query: string) => void
}

export function None({ query, subjects, known, ask }: NoneProps) {
  // All is asked again for this: in a recording that grows, when it pauses.
  const [calm] = useDebouncedValue(subjects, PAUSE_MS)
  const latest = useRef(known)
  latest.current = known
  const excluding = useMemo(() => whatExcludes(query, calm, latest.current), [query, calm])
  if (excluding === null) return null
  const { part, rest, without, alone } = excluding
  return (
    <div className={styles.none} role="status">
      <p>
        {alone ? 'Nothing in this recording fits ' : 'Nothing fits all of it: what is left fails at '}
        <code>{shownText(part)}</code>
      </p>
      <p>
        {rest !== '' && (
          <Button size="compact-sm" variant="light" onClick={() => ask(rest)}>
            Without it: {without}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => ask('')}>
          Show all {subjects.length}
        </Button>
      </p>
    </div>
  )
}
