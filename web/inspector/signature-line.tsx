/** What came of checking a signature, and why: in a line, or as the headline of a panel. */
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react'
import type { SignatureVerdict } from '../../shared/acme/model.ts'
import { WireText } from '../theme/wire-text.tsx'
import facts from './facts.module.css'
import styles from './jws.module.css'

const looks = {
  valid: { tone: 'ok', Icon: IconShieldCheck, title: 'The signature is valid' },
  invalid: { tone: 'bad', Icon: IconShieldX, title: 'The signature is not valid' },
  unverifiable: { tone: 'plain', Icon: IconShieldQuestion, title: 'The signature cannot be checked' },
} as const

type Verdict = Pick<SignatureVerdict, 'status' | 'reason'>

export function SignatureVerdictLine({ verdict: { status, reason } }: { verdict: Verdict }) {
  const { tone, Icon } = looks[status]
  return (
    <>
      <span className={facts.match} data-tone={tone}>
        <Icon size={15} aria-hidden="true" />
        {status}
      </span>{' '}
      {reason !== '' && (
        <span className={facts.aside}>
          <WireText text={reason} />
        </span>
      )}
    </>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export function SignatureCard({ verdict: { status, reason } }: { verdict: Verdict }) {
  const { tone, Icon, title } = looks[status]
  return (
    <div className={styles.verdict} data-tone={tone}>
      <Icon size={18} aria-hidden="true" />
      <p>
        <strong>{title}</strong>
        {reason !== '' && <WireText text={`${capital(reason)}.`} />}
      </p>
    </div>
  )
}
