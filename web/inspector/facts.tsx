/** Name and value, aligned; links to steps; things to copy. */
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Analysis } from '../../shared/acme/model.ts'
import { select } from '../session/location.ts'
import styles from './inspector.module.css'

export const Facts = ({ children }: { children: ReactNode }) => <dl className={styles.facts}>{children}</dl>

export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

export const Section = ({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) => (
  <section className={styles.section}>
    <header>
      <h3>{title}</h3>
      {action}
    </header>
    {children}
  </section>
)

export const Wire = ({ children }: { children: ReactNode }) => <span className={styles.wire}>{children}</span>

export const Copy = ({ value, label }: { value: string; label: string }) => (
  <CopyButton value={value} timeout={1200}>
    {({ copied, copy }) => (
      <Tooltip label={copied ? 'Copied' : label}>
        <ActionIcon variant="subtle" color="gray" size="xs" aria-label={label} onClick={copy}>
          {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
        </ActionIcon>
      </Tooltip>
    )}
  </CopyButton>
)

interface StepLinkProps {
  readonly analysis: Analysis
  readonly exchange: string | null | undefined
  readonly children?: ReactNode
}

/** `#3`, or other words, that select the step or the connection; plain words when it is not in the recording. */
export function StepLink({ analysis, exchange, children }: StepLinkProps) {
  const step = analysis.steps.find((one) => one.exchange === exchange)
  const connection = step ? undefined : analysis.connections.find(({ id }) => id === exchange)
  const { sequence } = step ?? connection ?? {}
  if (sequence === undefined || exchange == null) return children
  const title = step?.summary ?? `Connection to ${connection?.host ?? 'an unnamed host'}`
  return (
    <button type="button" className={styles.link} title={title} onClick={() => select(exchange)}>
      {children ?? `#${sequence}`}
    </button>
  )
}
