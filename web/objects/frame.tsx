/** What the parts of an object's page are made of: panels, rows of facts, links to objects and steps. */
import type { ReactNode } from 'react'
import { nameOf, objectAt } from '../../shared/acme/course/found.ts'
import { statusOf } from '../../shared/acme/course/tree.ts'
import type { Analysis, Step } from '../../shared/acme/model.ts'
import type { Reference } from '../../shared/reference.ts'
import { Cite as Section } from '../inspector/cite.tsx'
import { PlaceLink } from '../session/place-link.tsx'
import { StatusChip } from '../theme/chip.tsx'
import { WireText } from '../theme/wire-text.tsx'
import styles from './frame.module.css'
import { kinds } from './kinds.ts'

interface PanelProps {
  readonly title: string
  readonly aside?: string | null
  readonly action?: ReactNode
  readonly children: ReactNode
}

export const Panel = ({ title, aside = null, action, children }: PanelProps) => (
  <section className={styles.panel} aria-label={title}>
    <header className={styles.panelHead}>
      <h3>{title}</h3>
      {aside !== null && <span className={styles.aside}>{aside}</span>}
      {action !== undefined && <span className={styles.action}>{action}</span>}
    </header>
    {children}
  </section>
)

export const Facts = ({ children }: { children: ReactNode }) => <dl className={styles.facts}>{children}</dl>

export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

/** Nothing where nothing is written of it. */
export const Cite = ({ of }: { of: Reference | null }) => of && <Section of={of} />

/** `#12`, which shows the step in the inspector beside the object. */
export const StepLink = ({ step }: { step: Step }) => (
  <PlaceLink to={{ step: step.exchange }} className={styles.link} title={step.summary}>
    #{step.sequence}
  </PlaceLink>
)

interface ObjectLinkProps {
  readonly analysis: Analysis
  readonly url: string
  readonly withStatus?: boolean
}

/** An object by its kind and name, as a link to it; the URL alone where the recording does not show it. */
export function ObjectLink({ analysis, url, withStatus = false }: ObjectLinkProps) {
  const found = objectAt(analysis, url)
  if (found === null) return <WireText text={url} mono />
  const { Icon, label } = kinds[found.kind]
  const status = withStatus ? statusOf(analysis, found) : null
  return (
    <span className={styles.objectLink}>
      <PlaceLink to={{ object: url }} className={styles.link} title={url}>
        <Icon size={14} stroke={1.6} aria-label={label} role="img" />
        <WireText text={nameOf(found)} cut />
      </PlaceLink>
      {status !== null && <StatusChip status={status} />}
    </span>
  )
}
