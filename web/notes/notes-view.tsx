/** Everything people wrote on a recording: on the whole of it, then step by step. */
import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Analysis } from '../../shared/acme/model.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { useSession } from '../session/session.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './notes.module.css'
import { NotesOn } from './notes-on.tsx'
import { type NotesByExchange, useNotes } from './use-notes.ts'

/** Laying Markdown out costs time; who reads on gets more. */
const PAGE = 30

interface Written {
  readonly id: string
  readonly sequence: number
  readonly summary: string
}

/** What was written on, in the recording's order. */
function writtenOn(notes: NotesByExchange, { steps, connections }: Analysis): readonly Written[] {
  const on = <T extends { readonly sequence: number }>(
    all: readonly T[],
    id: (one: T) => string,
    say: (one: T) => string,
  ) =>
    all.filter((one) => notes.has(id(one))).map((one) => ({ id: id(one), sequence: one.sequence, summary: say(one) }))
  return [
    ...on(
      steps,
      ({ exchange }) => exchange,
      ({ summary }) => summary,
    ),
    ...on(
      connections,
      ({ id }) => id,
      ({ host }) => `Connection to ${host ?? 'an unnamed host'}`,
    ),
  ].sort((a, b) => a.sequence - b.sequence)
}

const OnStep = ({ id, sequence, summary }: Written) => (
  <section className={styles.group} aria-label={`Notes on #${sequence}`}>
    <h3>
      <PlaceLink to={{ view: 'flow', step: id }} className={styles.step}>
        #{sequence}
      </PlaceLink>
      <WireText text={summary} cut />
    </h3>
    <NotesOn exchange={id} what={`#${sequence}`} reading />
  </section>
)

function OnSteps() {
  const notes = useNotes()
  const analysis = useSession((session) => session.analysis)
  const [pages, setPages] = useState(1)
  const written = useMemo(() => writtenOn(notes, analysis), [notes, analysis])
  const more = written.length - pages * PAGE
  if (written.length === 0)
    return (
      <p className={styles.quiet}>
        None yet. Choose a step and press <kbd>n</kbd>: its note is shown on the diagram, too.
      </p>
    )
  return (
    <>
      {written.slice(0, pages * PAGE).map((one) => (
        <OnStep key={one.id} {...one} />
      ))}
      {more > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => setPages(pages + 1)}>
          Show {Math.min(more, PAGE)} more of {more}
        </Button>
      )}
    </>
  )
}

export const NotesView = () => (
  <div className={styles.view} data-testid="notes">
    <div className={styles.column}>
      <h2>About this recording</h2>
      <NotesOn exchange={null} what="this recording" />
      <h2>On its steps</h2>
      <OnSteps />
    </div>
  </div>
)
