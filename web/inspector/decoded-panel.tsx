/** What was said: the payload that was sent and the object that came back, every field beside what it is. */
import type { ReactNode } from 'react'
import { type Explanation, explainAnswer, explainPayload } from '../../shared/acme/explain/explain.ts'
import { explainHeaders } from '../../shared/acme/explain/headers.ts'
import { roleOf } from '../../shared/acme/fold/lanes.ts'
import type { Content, Step } from '../../shared/acme/model.ts'
import { leafOf } from '../../shared/x509/leaf.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { Code } from './body/code.tsx'
import { ExplainedFields } from './explained.tsx'
import facts from './facts.module.css'
import { Fact, Facts, Quiet, Section, Wire } from './facts.tsx'
import { HeaderText } from './headers-table.tsx'
import { NameList } from './name-list.tsx'
import { NamedLinks } from './named.tsx'
import type { PanelProps } from './panel.ts'
import styles from './summary.module.css'

const Explained = ({ of, step, analysis }: PanelProps & { of: Explanation }) => (
  <ExplainedFields of={of} analysis={analysis} here={step.exchange} />
)

const hasFields = (explanation: Explanation | null): explanation is Explanation =>
  explanation !== null && explanation.fields.length > 0

/** A body that is no object of ACME, as far as it was decoded. */
function Plain({ content, label }: { content: Content; label: string }) {
  switch (content.kind) {
    case 'json':
      return <Code text={JSON.stringify(content.value, null, 2)} json label={label} />
    case 'text':
      return <Code text={content.text} json={false} label={label} />
    case 'malformed':
      return (
        <>
          <Quiet>
            Was to be {content.expected.slice(0, 100)}, and cannot be read: {content.error.slice(0, 300)}.
          </Quiet>
          <Code text={content.text} json={false} label={label} />
        </>
      )
    case 'certificates':
      return <Certificates content={content} />
    case 'opaque':
      return <Quiet>Not decoded: {content.reason}.</Quiet>
    case 'jws':
    case 'none':
      return null
  }
}

/** What a chain is for, and where it is told in full. */
export function Certificates({ content: { chain } }: { content: Extract<Content, { kind: 'certificates' }> }) {
  const leaf = leafOf(chain)
  return (
    <>
      <p className={facts.note}>
        {chain.length === 1 ? 'A certificate' : `A chain of ${chain.length} certificates`}, told in full under{' '}
        <PlaceLink to={{ panel: 'certificate' }}>Certificate</PlaceLink>.
      </p>
      {leaf && (
        <Facts>
          <Fact label="For">
            <NameList names={leaf.sans} />
          </Fact>
          <Fact label="Issued by">
            <WireText text={leaf.issuer} />
          </Fact>
        </Facts>
      )}
    </>
  )
}

function Sent(props: PanelProps): ReactNode {
  const { step, analysis } = props
  const { jws, request } = step.decoded
  if (jws === null)
    return request.kind === 'none' ? <Quiet>No body.</Quiet> : <Plain content={request} label="What was sent" />
  if (jws.isPostAsGet) return <Quiet>Nothing: a POST-as-GET, which only asks.</Quiet>
  const type = analysis.challenges.get(step.challenge ?? '')?.type ?? null
  const explanation = explainPayload(step.operation, jws, type)
  if (hasFields(explanation)) return <Explained of={explanation} {...props} />
  const { payload } = jws
  if (payload.kind === 'undecodable') return <Quiet>Cannot be decoded: {payload.reason}.</Quiet>
  if (payload.kind === 'json' && explanation !== null) return <Quiet>{emptyWords(step)}</Quiet>
  const text =
    payload.kind === 'json' ? JSON.stringify(payload.value, null, 2) : payload.kind === 'text' ? payload.text : ''
  return <Code text={text} json={payload.kind === 'json'} label="What was sent" />
}

/** An empty object says something too. */
const emptyWords = ({ operation }: Step): string =>
  operation === 'challenge' ? 'An empty object: the proof is in place, the CA may look.' : 'An empty object.'

/** Headers of the answer that ACME goes on by. */
const TELLING: ReadonlySet<string> = new Set(['location', 'link', 'replay-nonce', 'retry-after'])

function TellingHeaders({ step, analysis }: PanelProps) {
  const { request, response } = step.decoded.head
  const telling = (response?.headers ?? []).filter(([name]) => TELLING.has(name.toLowerCase())).slice(0, 50)
  if (telling.length === 0) return null
  const explained = explainHeaders(telling, { url: request.url, isAcme: roleOf(step.to) === 'ca' })
  return (
    <Section title="In its headers">
      <Facts>
        {explained.map((header, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers repeat, and their order never changes
          <Fact key={place} label={header.name}>
            <Wire>{header.value}</Wire>{' '}
            {header.names.map((one) => (
              <NamedLinks key={one} value={one} analysis={analysis} here={step.exchange} />
            ))}
            <HeaderText of={header} />
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}

function CameBack(props: PanelProps): ReactNode {
  const { step } = props
  const { response, head } = step.decoded
  if (head.response === undefined)
    return <Quiet>{head.state === 'in progress' ? 'No answer yet.' : 'No answer.'}</Quiet>
  const explanation = explainAnswer(step.operation, step.decoded)
  if (hasFields(explanation)) return <Explained of={explanation} {...props} />
  return response.kind === 'none' ? <Quiet>No body.</Quiet> : <Plain content={response} label="What came back" />
}

export function DecodedPanel(props: PanelProps) {
  const { step } = props
  return (
    <div className={styles.columns}>
      <Section title="What was sent">
        <Sent {...props} />
        {step.decoded.csr !== null && (
          <p className={facts.note}>
            The request for the certificate is told in full under <PlaceLink to={{ panel: 'csr' }}>CSR</PlaceLink>.
          </p>
        )}
      </Section>
      <div>
        <Section title="What came back">
          <CameBack {...props} />
        </Section>
        <TellingHeaders {...props} />
      </div>
    </div>
  )
}
