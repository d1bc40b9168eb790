/** Small signs beside an answer: what went wrong, and what could not be checked. */

import {
  IconAlertTriangleFilled,
  IconCircleDashed,
  IconFlag3,
  IconFlag3Filled,
  IconPlugConnectedX,
  IconScissors,
  IconShieldQuestion,
  IconShieldX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Step } from '../../shared/acme/model.ts'
import { moodOf } from '../../shared/acme/mood.ts'
import { useFindings, worstByExchange } from '../findings/use-findings.ts'
import styles from './flow.module.css'

const Mark = ({ tone, title, children }: { tone: string; title: string; children: ReactNode }) => (
  <span className={styles.mark} data-tone={tone} title={title} role="img" aria-label={title}>
    {children}
  </span>
)

function OutcomeMark({ step }: { step: Step }) {
  const finding = worstByExchange(useFindings()).get(step.exchange)
  const { failure } = step.decoded.head
  if (failure !== undefined)
    return (
      <Mark tone="bad" title={`No answer: ${failure.message}`}>
        <IconPlugConnectedX size={14} />
      </Mark>
    )
  switch (moodOf(step)) {
    case 'failed':
      return (
        <Mark tone="bad" title={finding?.title ?? step.summary}>
          <IconAlertTriangleFilled size={13} />
        </Mark>
      )
    case 'in progress':
      return (
        <Mark tone="busy" title="No answer yet">
          <IconCircleDashed size={14} className={styles.turning} />
        </Mark>
      )
    case 'cut off':
      return (
        <Mark tone="warn" title="The recording ended before the answer">
          <IconScissors size={14} />
        </Mark>
      )
    case 'ok':
      return null
  }
}

function SignatureMark({ step }: { step: Step }) {
  const signature = step.decoded.jws?.signature
  if (signature === undefined || signature.status === 'valid') return null
  const invalid = signature.status === 'invalid'
  return (
    <Mark tone={invalid ? 'bad' : 'faint'} title={`Signature ${signature.status}: ${signature.reason}`}>
      {invalid ? <IconShieldX size={15} /> : <IconShieldQuestion size={14} />}
    </Mark>
  )
}

function FindingMark({ step }: { step: Step }) {
  const finding = worstByExchange(useFindings()).get(step.exchange)
  if (finding === undefined || moodOf(step) === 'failed') return null
  const isError = finding.severity === 'error'
  return (
    <Mark tone={isError ? 'bad' : 'warn'} title={`Finding: ${finding.title}`}>
      {isError ? <IconFlag3Filled size={13} /> : <IconFlag3 size={13} />}
    </Mark>
  )
}

export const Marks = ({ step }: { step: Step }) => (
  <>
    <OutcomeMark step={step} />
    <FindingMark step={step} />
    <SignatureMark step={step} />
  </>
)
