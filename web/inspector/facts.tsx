/** Name and value, aligned; links to steps; things to copy. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Analysis } from '../../shared/acme/model.ts'
import { shownText } from '../../shared/shown-text.ts'
import { shownAt } from '../session/fact-index.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { WireText } from '../theme/wire-text.tsx'
import styles from './facts.module.css'

export const Facts = ({ children }: { children: ReactNode }) => <dl className={styles.facts}>{children}</dl>

export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
  readonly action?: ReactNode
}

export const Section = ({ title, children, action }: SectionProps) => (
  <section className={styles.section}>
    <header>
      <h3>{title}</h3>
      {action}
    </header>
    {children}
  </section>
)

/** Captured, in the type of wire data. */
export const Wire = ({ children }: { children: string }) => (
  <span className={styles.wire}>
    <WireText text={children} />
  </span>
)

export const Aside = ({ children }: { children: ReactNode }) => <span className={styles.aside}>{children}</span>

/** In the place of what is not there. */
export const Quiet = ({ children }: { children: ReactNode }) => <p className={styles.quiet}>{children}</p>

/** @param value a function where it costs something to make */
export function Copy({ value, label }: { value: string | (() => string); label: string }) {
  const { copied, copy } = useClipboard({ timeout: 1200 })
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        onClick={() => copy(typeof value === 'function' ? value() : value)}
      >
        {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </Tooltip>
  )
}

interface StepLinkProps {
  readonly analysis: Analysis
  readonly exchange: string | null | undefined
  readonly children?: ReactNode
}

/** `#3`, or other words, that lead to the step or the connection; plain words when it is not in the recording. */
export function StepLink({ analysis, exchange, children }: StepLinkProps) {
  const found = shownAt(analysis, exchange)
  if (found === null || exchange == null) return children
  const { sequence } = found.kind === 'step' ? found.step : found.connection
  const title =
    found.kind === 'step' ? found.step.summary : `Connection to ${found.connection.host ?? 'an unnamed host'}`
  return (
    <PlaceLink className={styles.link} title={shownText(title)} to={{ step: exchange }}>
      {children ?? `#${sequence}`}
    </PlaceLink>
  )
}
