/** What is looked at: its kind and name, its status, its URL, what it belongs to, and where it was seen. */
import { stepsOf } from '../../shared/acme/course/answers.ts'
import { type Found, nameOf, objectAt } from '../../shared/acme/course/found.ts'
import { statusOf } from '../../shared/acme/course/tree.ts'
import type { Analysis, Step } from '../../shared/acme/model.ts'
import { Copy } from '../inspector/facts.tsx'
import { PlaceLink } from '../session/place-link.tsx'
import { StatusChip } from '../theme/chip.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { ObjectLink, StepLink } from './frame.tsx'
import { kinds } from './kinds.ts'
import styles from './objects.module.css'

interface HeadProps {
  readonly analysis: Analysis
  readonly found: Found
}

const MOST_OWNERS = 4

/** What an object belongs to, the nearest last. */
function ownersOf(analysis: Analysis, { kind, object }: Found): readonly string[] {
  switch (kind) {
    case 'directory':
      return []
    case 'account':
      return [analysis.resources.get(object.url)?.directory ?? null].filter((url) => url !== null)
    case 'order':
      return above(analysis, object.account)
    case 'authorization':
      return above(analysis, object.orders[0] ?? null)
    case 'challenge':
      return above(analysis, object.authorization)
    case 'certificate':
      return above(analysis, object.order)
  }
}

function above(analysis: Analysis, url: string | null): readonly string[] {
  const owner = url === null ? null : objectAt(analysis, url)
  return owner === null ? [] : [...ownersOf(analysis, owner), owner.object.url].slice(-MOST_OWNERS)
}

const Owners = ({ analysis, found }: HeadProps) => {
  const owners = ownersOf(analysis, found)
  if (owners.length === 0) return null
  return (
    <ol className={styles.owners} aria-label="What it belongs to">
      {owners.map((url) => (
        <li key={url}>
          <ObjectLink analysis={analysis} url={url} />
        </li>
      ))}
    </ol>
  )
}

const STEPS_SHOWN = 6

function Seen({ steps }: { steps: readonly Step[] }) {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last) return null
  const shown = steps.length <= STEPS_SHOWN ? steps : [...steps.slice(0, STEPS_SHOWN - 2), last]
  return (
    <span className={styles.seen}>
      in {steps.length === 1 ? '1 exchange:' : `${steps.length} exchanges:`}{' '}
      {shown.map((step, place) => (
        <span key={step.exchange}>
          {steps.length > STEPS_SHOWN && place === shown.length - 1 && '… '}
          <StepLink step={step} />{' '}
        </span>
      ))}
    </span>
  )
}

/** The order whose flow shows the object. */
function orderOf({ kind, object }: Found, steps: readonly Step[]): string | null {
  if (kind === 'order') return object.url
  if (kind === 'account' || kind === 'directory') return null
  return steps.find(({ order }) => order !== null)?.order ?? null
}

export function ObjectHead({ analysis, found }: HeadProps) {
  const { Icon, label } = kinds[found.kind]
  const { url } = found.object
  const status = statusOf(analysis, found)
  const steps = stepsOf(analysis, found)
  const order = orderOf(found, steps)
  return (
    <header className={styles.head}>
      <Owners analysis={analysis} found={found} />
      <div className={styles.title}>
        <Icon size={20} stroke={1.6} aria-hidden="true" />
        <span className={styles.kind}>{label}</span>
        <h2 data-testid="object-name">
          <WireText text={nameOf(found)} cut />
        </h2>
        {status !== null && <StatusChip status={status} />}
      </div>
      <div className={styles.address}>
        <WireText text={url} mono cut />
        <Copy value={url} label="Copy the URL" />
        <Seen steps={steps} />
        {order !== null && (
          <PlaceLink to={{ view: 'flow', order, object: null }} className={styles.flowLink}>
            in the flow
          </PlaceLink>
        )}
      </div>
    </header>
  )
}
