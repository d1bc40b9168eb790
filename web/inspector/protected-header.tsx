/** The protected header, each member beside what it points to. */
import type { ReactNode } from 'react'
import type { Jws } from '../../shared/acme/model.ts'
import { Match } from './checks.tsx'
import { Fact, Facts, StepLink, Wire } from './facts.tsx'
import styles from './inspector.module.css'
import { firstShown } from './objects.ts'
import type { PanelProps } from './panel.ts'

type MemberProps = PanelProps & { readonly jws: Jws }

export function NonceLink({ analysis, value }: { analysis: PanelProps['analysis']; value: string }) {
  const nonce = analysis.nonces.get(value)
  if (!nonce?.issuedBy) return <span className={styles.aside}>issued outside this recording</span>
  return (
    <span className={styles.aside}>
      ← issued by <StepLink analysis={analysis} exchange={nonce.issuedBy} />
    </span>
  )
}

const asides: Readonly<Record<string, (props: MemberProps) => ReactNode>> = {
  nonce: ({ analysis, jws }) => jws.nonce !== null && <NonceLink analysis={analysis} value={jws.nonce} />,
  kid: ({ analysis, jws }) => (
    <StepLink analysis={analysis} exchange={firstShown(analysis, jws.kid)}>
      <span className={styles.aside}>→ account</span>
    </StepLink>
  ),
  url: ({ step, jws }) =>
    jws.url === step.url ? <Match matches>= request</Match> : <Match matches={false}>not the URL of the request</Match>,
  jwk: ({ jws }) =>
    jws.thumbprint !== null && (
      <span className={styles.aside}>
        thumbprint <Wire>{jws.thumbprint}</Wire>
      </span>
    ),
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

export function ProtectedHeader(props: MemberProps) {
  const { header } = props.jws
  if (header === null) return <p className={styles.note}>Not base64url of a JSON object.</p>
  return (
    <Facts>
      {Object.entries(header).map(([name, value]) => (
        <Fact key={name} label={name}>
          <Wire>{show(value)}</Wire> {asides[name]?.(props)}
        </Fact>
      ))}
    </Facts>
  )
}
