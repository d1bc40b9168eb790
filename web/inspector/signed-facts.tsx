/** What ties a request to others: nonces, key, URL, signature. */
import { Match } from './checks.tsx'
import { Fact, Facts, Section, StepLink, Wire } from './facts.tsx'
import styles from './inspector.module.css'
import { firstShown, shortUrl } from './objects.ts'
import type { PanelProps } from './panel.ts'
import { NonceLink } from './protected-header.tsx'
import { SignatureVerdictLine } from './signature-line.tsx'

function NextNonce({ step, analysis }: PanelProps) {
  const value = step.decoded.replayNonce
  if (value === null) return null
  const [user] = analysis.nonces.get(value)?.usedBy ?? []
  return (
    <Fact label="Next nonce">
      <Wire>{value}</Wire>{' '}
      <span className={styles.aside}>
        {user === undefined ? 'not used' : '→ used by '}
        {user !== undefined && <StepLink analysis={analysis} exchange={user} />}
      </span>
    </Fact>
  )
}

function KeyFact({ step, analysis }: PanelProps) {
  const { jws } = step.decoded
  if (jws?.kid)
    return (
      <Fact label="Key">
        <Wire>{shortUrl(jws.kid)}</Wire>{' '}
        <StepLink analysis={analysis} exchange={firstShown(analysis, jws.kid)}>
          <span className={styles.aside}>→ account</span>
        </StepLink>
      </Fact>
    )
  return jws?.jwk ? (
    <Fact label="Key">
      sent along as <Wire>jwk</Wire>
    </Fact>
  ) : null
}

function Signed(props: PanelProps) {
  const { jws } = props.step.decoded
  if (jws === null) return null
  const sameUrl = jws.url === props.step.url
  return (
    <>
      <Fact label="Signature">
        <SignatureVerdictLine verdict={jws.signature} />
      </Fact>
      <KeyFact {...props} />
      {jws.nonce !== null && (
        <Fact label="Nonce">
          <Wire>{jws.nonce}</Wire> <NonceLink analysis={props.analysis} value={jws.nonce} />
        </Fact>
      )}
      <Fact label="Signed URL">
        <Match matches={sameUrl}>{sameUrl ? '= request' : `${jws.url ?? 'none'} ≠ request`}</Match>
      </Fact>
    </>
  )
}

export function SignedFacts(props: PanelProps) {
  const { jws, replayNonce } = props.step.decoded
  if (jws === null && replayNonce === null) return null
  return (
    <Section title={jws === null ? 'Replay protection' : 'Signed request'}>
      <Facts>
        <Signed {...props} />
        <NextNonce {...props} />
      </Facts>
    </Section>
  )
}
