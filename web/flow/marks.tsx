/** Small signs beside an answer: why there is none, and a signature that is wrong. */
import { IconCircleDashed, IconPlugConnectedX, IconScissors, IconShieldX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Step } from '../../shared/acme/model.ts'
import styles from './marks.module.css'

interface MarkProps {
  readonly tone: 'bad' | 'warn' | 'busy'
  readonly title: string
  readonly word?: string
  readonly children: ReactNode
}

const Mark = ({ tone, title, word, children }: MarkProps) => (
  <span className={styles.mark} data-tone={tone} title={title}>
    {children}
    {word}
  </span>
)

function OutcomeMark({ step }: { step: Step }) {
  const { failure, state } = step.decoded.head
  if (failure !== undefined)
    return (
      <Mark tone="bad" title={`No answer: ${failure.message}`} word={step.status === null ? 'no answer' : 'broken off'}>
        <IconPlugConnectedX size={14} aria-hidden="true" />
      </Mark>
    )
  if (state === 'in progress')
    return (
      <Mark tone="busy" title="No answer yet" word="waiting">
        <IconCircleDashed size={14} className={styles.turning} aria-hidden="true" />
      </Mark>
    )
  if (state === 'cut off')
    return (
      <Mark tone="warn" title="The recording ended before the answer" word="cut off">
        <IconScissors size={14} aria-hidden="true" />
      </Mark>
    )
  return null
}

function SignatureMark({ step }: { step: Step }) {
  const signature = step.decoded.jws?.signature
  if (signature?.status !== 'invalid') return null
  return (
    <Mark tone="bad" title={`Signature invalid: ${signature.reason}`}>
      <IconShieldX size={15} aria-label="signature invalid" />
    </Mark>
  )
}

export const Marks = ({ step }: { step: Step }) => (
  <>
    <OutcomeMark step={step} />
    <SignatureMark step={step} />
  </>
)
