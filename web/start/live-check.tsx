/** Watches for the client that is being set up: who came, on which leg, or what stopped it and what to do. */
import {
  IconAlertTriangleFilled,
  IconArrowRight,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconPlugConnectedX,
} from '@tabler/icons-react'
import { useMemo } from 'react'
import { startAnalysis } from '../../shared/acme/analyse.ts'
import { type Contact, firstContact, type Leg, type Verdict } from '../../shared/acme/first-contact.ts'
import type { ClientId } from '../../shared/acme/known/clients.ts'
import { useFindings } from '../findings/use-findings.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { useSession } from '../session/session.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Prose } from './prose.tsx'
import styles from './setup.module.css'

const signs: Readonly<Record<Exclude<Verdict, 'waiting'>, typeof IconCircle>> = {
  works: IconCircleCheckFilled,
  attention: IconAlertTriangleFilled,
  refused: IconCircleXFilled,
}

function Sign({ verdict }: { verdict: Verdict }) {
  if (verdict === 'waiting') return <span className={styles.pulse} aria-hidden="true" />
  const Shape = signs[verdict]
  return <Shape size={20} className={styles.checkSign} aria-hidden="true" />
}

const legs = {
  ca: { label: 'The CA', unseen: 'not seen yet' },
  dns: { label: 'The DNS provider’s API', unseen: 'not seen yet; only dns-01 needs it' },
} as const

const legSigns = { unseen: IconCircle, seen: IconCircleCheckFilled, refused: IconCircleXFilled } as const
const legWords = { unseen: '', seen: 'recorded', refused: 'refused our authority' } as const

function LegRow({ leg: { role, state, name, exchange } }: { leg: Leg }) {
  const Shape = legSigns[state]
  const { label, unseen } = legs[role]
  return (
    <li className={styles.leg} data-state={state} data-testid={`leg-${role}`}>
      <Shape size={15} className={styles.legSign} aria-hidden="true" />
      <span>
        <strong>{label}</strong>
        {exchange === null ? (
          <small>{unseen}</small>
        ) : (
          <small>
            <PlaceLink to={{ view: 'flow', step: exchange, panel: null }}>
              <WireText text={name} />
            </PlaceLink>{' '}
            {legWords[state]}
          </small>
        )}
      </span>
    </li>
  )
}

const Told = ({ contact: { verdict, title, detail, cure, exchange } }: { contact: Contact }) => (
  <>
    <div role="status" className={styles.told}>
      <Sign verdict={verdict} />
      <div>
        <h3>
          <WireText text={title} />
        </h3>
        <p>
          <WireText text={detail} />
        </p>
      </div>
    </div>
    {cure !== '' && (
      <p className={styles.cure} data-testid="cure">
        <Prose>{cure}</Prose>
      </p>
    )}
    {exchange !== null && (
      <PlaceLink to={{ view: 'flow', step: exchange, panel: null }} className={styles.see}>
        See it in the flow <IconArrowRight size={14} aria-hidden="true" />
      </PlaceLink>
    )}
  </>
)

const Away = () => (
  <div role="status" className={styles.told}>
    <IconPlugConnectedX size={20} aria-hidden="true" />
    <div>
      <h3>The recorder does not answer</h3>
      <p>This page goes on by itself when it is there again.</p>
    </div>
  </div>
)

/** @param live id of the recording that is being written */
export function LiveCheck({ live, expected }: { live: string; expected: ClientId | null }) {
  const isShown = useSession((session) => session.source?.key === live)
  const state = useSession((session) => session.state)
  const analysis = useSession((session) => session.analysis)
  const findings = useFindings()
  // What another recording holds is nothing to wait for.
  const contact = useMemo(
    () => (isShown ? firstContact(analysis, findings, expected) : firstContact(startAnalysis(), [], expected)),
    [isShown, analysis, findings, expected],
  )
  const isAway = isShown && state === 'reconnecting'
  return (
    <section
      className={styles.check}
      aria-label="Live check"
      data-testid="live-check"
      data-verdict={isAway ? 'away' : contact.verdict}
    >
      {isAway ? <Away /> : <Told contact={contact} />}
      <ul className={styles.legs} aria-label="What a client speaks to">
        {contact.legs.map((leg) => (
          <LegRow key={leg.role} leg={leg} />
        ))}
      </ul>
    </section>
  )
}
