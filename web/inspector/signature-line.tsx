/** What came of checking a signature, and why. */
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react'
import type { SignatureVerdict } from '../../shared/acme/model.ts'
import styles from './inspector.module.css'

const looks = {
  valid: { tone: 'ok', Icon: IconShieldCheck },
  invalid: { tone: 'bad', Icon: IconShieldX },
  unverifiable: { tone: 'plain', Icon: IconShieldQuestion },
} as const

export function SignatureVerdictLine({ verdict }: { verdict: Pick<SignatureVerdict, 'status' | 'reason'> }) {
  const { tone, Icon } = looks[verdict.status]
  return (
    <p className={styles.verdict}>
      <span className={styles.match} data-tone={tone}>
        <Icon size={15} aria-hidden="true" />
        {verdict.status}
      </span>
      {verdict.reason !== '' && <span className={styles.aside}>{verdict.reason}</span>}
    </p>
  )
}
