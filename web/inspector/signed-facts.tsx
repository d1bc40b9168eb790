/** What ties a request to others: nonces, key, URL, signature. */
import { Match } from './checks.tsx'
import { Fact, Facts, Section, Wire } from './facts.tsx'
import { NamedLinks } from './named.tsx'
import type { PanelProps } from './panel.ts'
import { shortUrl } from './short-url.ts'
import { SignatureVerdictLine } from './signature-line.tsx'

function KeyFact({ step, analysis }: PanelProps) {
  const { jws } = step.decoded
  if (jws?.kid)
    return (
      <Fact label="Key">
        <Wire>{shortUrl(jws.kid)}</Wire> <NamedLinks value={jws.kid} analysis={analysis} here={step.exchange} />
      </Fact>
    )
  return jws?.jwk ? (
    <Fact label="Key">
      sent along as <Wire>jwk</Wire>
    </Fact>
  ) : null
}

function Signed(props: PanelProps) {
  const { step, analysis } = props
  const { jws } = step.decoded
  if (jws === null) return null
  const sameUrl = jws.url === step.url
  return (
    <>
      <Fact label="Signature">
        <SignatureVerdictLine verdict={jws.signature} />
      </Fact>
      <KeyFact {...props} />
      {jws.nonce !== null && (
        <Fact label="Nonce">
          <Wire>{jws.nonce}</Wire> <NamedLinks value={jws.nonce} analysis={analysis} here={step.exchange} />
        </Fact>
      )}
      <Fact label="Signed URL">
        {sameUrl ? (
          <Match matches>the URL of the request</Match>
        ) : (
          <>
            <Match matches={false}>not the URL of the request</Match> <Wire>{jws.url ?? 'none'}</Wire>
          </>
        )}
      </Fact>
    </>
  )
}

export function SignedFacts(props: PanelProps) {
  const { step, analysis } = props
  const { jws, replayNonce } = step.decoded
  if (jws === null && replayNonce === null) return null
  return (
    <Section title={jws === null ? 'Replay protection' : 'Signed request'}>
      <Facts>
        <Signed {...props} />
        {replayNonce !== null && (
          <Fact label="Next nonce">
            <Wire>{replayNonce}</Wire> <NamedLinks value={replayNonce} analysis={analysis} here={step.exchange} />
          </Fact>
        )}
      </Facts>
    </Section>
  )
}
