/** The objects of a recording: a list of all at the left, at the right everything about one. */
import { useState } from 'react'
import { newestObject, objectAtOrAbove } from '../../shared/acme/course/found.ts'
import { NONCES } from '../../shared/acme/course/tree.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { usePlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { Nonces } from './nonces.tsx'
import { ObjectDetail } from './object-detail.tsx'
import { ObjectList } from './object-list.tsx'
import styles from './objects.module.css'

/**
 * The object of the address; without one the newest order, which then stays though others come. What is no order gives
 * way to the first one.
 */
function useObject(analysis: Analysis): string | null {
  const wanted = usePlace().object
  const [kept, setKept] = useState<string | null>(null)
  if (wanted !== null) return wanted
  if (kept !== null && analysis.orders.has(kept)) return kept
  const newest = newestObject(analysis)
  if (newest !== kept) setKept(newest)
  return newest
}

const Nothing = ({ title, text }: { title: string; text: string }) => (
  <div className={styles.nothing} role="status">
    <h2>{title}</h2>
    <p>{text}</p>
  </div>
)

function Shown({ analysis, object }: { analysis: Analysis; object: string | null }) {
  if (object === null)
    return (
      <Nothing
        title="No objects yet"
        text="Accounts, orders, authorizations, challenges and certificates stand here as soon as a CA answers with one."
      />
    )
  if (object === NONCES) return <Nonces analysis={analysis} />
  const found = objectAtOrAbove(analysis, object)
  if (found === null)
    return (
      <Nothing title="Not in this recording" text="The address names an object that no answer showed, or not yet." />
    )
  return <ObjectDetail analysis={analysis} found={found} />
}

export function ObjectsView() {
  const analysis = useSession((session) => session.analysis)
  const object = useObject(analysis)
  return (
    <section className={styles.view} aria-label="Objects" data-testid="objects">
      <ObjectList analysis={analysis} object={object} />
      <Shown analysis={analysis} object={object} />
    </section>
  )
}
