/** Nothing fits: which condition is to blame, and ways on. */
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { whatExcludes } from '../../shared/query/none.ts'
import type { Known, Query, Subject } from '../../shared/query/query.ts'
import { shownText } from '../../shared/shown-text.ts'
import styles from './exchanges.module.css'

interface NoneProps {
  readonly query: Query
  readonly subjects: readonly Subject[]
  readonly known: Known
  readonly ask: (query: string) => void
}

export function None({ query, subjects, known, ask }: NoneProps) {
  const excluding = useMemo(() => whatExcludes(query, subjects, known), [query, subjects, known])
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
