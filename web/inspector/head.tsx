/** The inspector's head: what it is about in two lines, and what can be done with it. */
import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconEye, IconEyeOff, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Analysis, Step } from '../../shared/acme/model.ts'
import { Marks } from '../flow/marks.tsx'
import { operationLabel } from '../flow/step-words.ts'
import { neighboursOf } from '../session/fact-index.ts'
import { select } from '../session/location.ts'
import { ReferenceBadge, StatusChip } from '../theme/chip.tsx'
import { codeTone } from '../theme/tone.ts'
import { WireText } from '../theme/wire-text.tsx'
import { CopyMenu, useTold } from './copy-menu.tsx'
import styles from './frame.module.css'
import type { Secrets } from './secrets.ts'

interface ButtonProps {
  readonly label: string
  /** What the key is, where there is one. */
  readonly hint?: string
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly act: () => void
  readonly children: ReactNode
}

export const HeadButton = ({ label, hint = label, disabled = false, pressed, act, children }: ButtonProps) => (
  <Tooltip label={hint}>
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      className={styles.button ?? ''}
      onClick={act}
    >
      {children}
    </ActionIcon>
  </Tooltip>
)

/** To what was recorded before and after, and away. */
export function Moves({ analysis, id }: { analysis: Analysis; id: string }) {
  const { before, after } = neighboursOf(analysis, id)
  return (
    <>
      <HeadButton label="Previous step" disabled={before === null} act={() => select(before)}>
        <IconChevronUp size={16} />
      </HeadButton>
      <HeadButton label="Next step" disabled={after === null} act={() => select(after)}>
        <IconChevronDown size={16} />
      </HeadButton>
      <Close />
    </>
  )
}

export const Close = () => (
  <HeadButton label="Close inspector" hint="Close (Esc)" act={() => select(null)}>
    <IconX size={16} />
  </HeadButton>
)

function RevealButton({ count, secrets: { revealed, reveal } }: { count: number; secrets: Secrets }) {
  if (count === 0) return null
  const label = revealed ? 'Mask the secrets' : count === 1 ? 'Reveal 1 secret' : `Reveal ${count} secrets`
  return (
    <HeadButton label={label} pressed={revealed} act={() => reveal(!revealed)}>
      {revealed ? <IconEye size={16} /> : <IconEyeOff size={16} />}
    </HeadButton>
  )
}

interface StepHeadProps {
  /** As it may be shown. */
  readonly step: Step
  /** How many of its places hold a secret. */
  readonly count: number
  readonly secrets: Secrets
  readonly analysis: Analysis
}

const withoutScheme = (url: string): string => url.replace(/^https?:\/\//i, '')

export function StepHead({ step, count, secrets, analysis }: StepHeadProps) {
  const [reference] = step.references
  const [told, tell] = useTold()
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <span className={styles.number}>#{step.sequence}</span>
        <h2>
          <WireText text={operationLabel(step)} cut />
        </h2>
        {step.status !== null && (
          <span className={styles.code} data-tone={codeTone(step.status)}>
            {step.status}
          </span>
        )}
        {step.objectStatus !== null && <StatusChip status={step.objectStatus} />}
        <Marks step={step} />
      </div>
      <div className={styles.actions}>
        <RevealButton count={count} secrets={secrets} />
        <CopyMenu step={step} secrets={secrets} tell={tell} />
        <Moves analysis={analysis} id={step.exchange} />
      </div>
      <div className={styles.address}>
        <span className={styles.method}>{step.method.slice(0, 20)}</span>
        {told === null ? (
          <span className={styles.url}>
            <WireText text={withoutScheme(step.url)} cut />
          </span>
        ) : (
          <span className={styles.told} data-tone={told.tone}>
            {told.text}
          </span>
        )}
        {reference !== undefined && <ReferenceBadge reference={reference} />}
      </div>
      <VisuallyHidden role="status">{told?.text}</VisuallyHidden>
    </header>
  )
}
