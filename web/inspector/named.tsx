/** What a value of the wire names, as links: the step that showed it first, and its own page where it has one. */
import { Fragment } from 'react'
import { mentionedIn, type Named, type NamedObject, namedBy } from '../../shared/acme/explain/named.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { WireText } from '../theme/wire-text.tsx'
import styles from './facts.module.css'
import { StepLink } from './facts.tsx'

interface Props<T> {
  readonly of: T
  readonly analysis: Analysis
  /** The step that is looked at, which need not be led to. */
  readonly here: string
}

const ObjectName = ({ of: { object, url } }: { of: NamedObject }) => (
  <PlaceLink
    className={styles.link}
    to={{ view: 'objects', object: url }}
    title={`Its states, its path and what changed`}
  >
    {object}
  </PlaceLink>
)

function ObjectLinks({ of, analysis, here }: Props<NamedObject>) {
  return (
    <span>
      → <ObjectName of={of} />
      {of.exchange === here && ', first seen here'}
      {of.exchange !== null && of.exchange !== here && (
        <>
          , first seen in <StepLink analysis={analysis} exchange={of.exchange} />
        </>
      )}
    </span>
  )
}

function Steps({ of, analysis }: { of: readonly string[]; analysis: Analysis }) {
  return of.map((exchange, index) => (
    <Fragment key={exchange}>
      {index > 0 && ', '}
      <StepLink analysis={analysis} exchange={exchange} />
    </Fragment>
  ))
}

function NonceLinks({ of: { issuedBy, usedBy }, analysis, here }: Props<Extract<Named, { kind: 'nonce' }>>) {
  const users = usedBy.filter((exchange) => exchange !== here)
  return (
    <>
      {issuedBy === null && <span>← issued outside this recording</span>}
      {issuedBy !== null && issuedBy !== here && (
        <span>
          ← issued by <StepLink analysis={analysis} exchange={issuedBy} />
        </span>
      )}
      {users.length > 0 && (
        <span>
          → used by <Steps of={users} analysis={analysis} />
        </span>
      )}
      {usedBy.length === 0 && <span>not used</span>}
    </>
  )
}

function Links({ of, analysis, here }: Props<Named>) {
  switch (of.kind) {
    case 'object':
      return <ObjectLinks of={of} analysis={analysis} here={here} />
    case 'nonce':
      return <NonceLinks of={of} analysis={analysis} here={here} />
    case 'key':
      return (
        <span>
          the key of <ObjectLinks of={of.account} analysis={analysis} here={here} />
        </span>
      )
    case 'record':
      return (
        <span>
          written in <Steps of={of.exchanges} analysis={analysis} />
        </span>
      )
    case 'resource':
      return (
        <span>
          {of.operation}
          {of.owner !== null && (
            <>
              {' of the '}
              <ObjectName of={of.owner} />
            </>
          )}
        </span>
      )
  }
}

/** Draws nothing for a value that names nothing in this recording. */
export function NamedLinks({ value, analysis, here }: { value: string; analysis: Analysis; here: string }) {
  const named = namedBy(analysis, value)
  return (
    named !== null && (
      <span className={styles.names}>
        <Links of={named} analysis={analysis} here={here} />
      </span>
    )
  )
}

/** What a text speaks of, each by its own value; nothing for one that is a name itself. */
export function Mentions({ text, analysis, here }: { text: string; analysis: Analysis; here: string }) {
  return mentionedIn(analysis, text).map((value) => (
    <span key={value} className={styles.mention}>
      <WireText text={value} mono /> <NamedLinks value={value} analysis={analysis} here={here} />
    </span>
  ))
}
