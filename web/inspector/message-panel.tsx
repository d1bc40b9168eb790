/** A request or a response as it was on the wire. */
import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { explainAnswer } from '../../shared/acme/explain/explain.ts'
import { roleOf } from '../../shared/acme/fold/lanes.ts'
import type { ExchangeHead, Step } from '../../shared/acme/model.ts'
import type { Body, Headers } from '../../shared/exchange.ts'
import { stepAt } from '../session/fact-index.ts'
import { Delayed } from '../theme/delayed.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { BodyView } from './body/body-view.tsx'
import { Certificates } from './decoded-panel.tsx'
import { ExplainedFields } from './explained.tsx'
import { Copy, Quiet } from './facts.tsx'
import { FailureCard } from './failure-card.tsx'
import { HeadersTable } from './headers-table.tsx'
import styles from './message.module.css'
import type { PanelProps } from './panel.ts'
import { shownExchange } from './secrets.ts'
import { useExchange } from './use-exchange.ts'

type Side = 'request' | 'response'

interface StartLine {
  readonly parts: readonly [string, string, string]
  /** Which of them is the version, said in a quieter voice. */
  readonly version: number
}

function startLine({ request, response }: ExchangeHead, side: Side): StartLine {
  if (side === 'request') return { parts: [request.method, request.url, request.httpVersion], version: 2 }
  const { httpVersion = '', status = '', statusText = '' } = response ?? {}
  return { parts: [httpVersion, String(status), statusText], version: 0 }
}

function StartLineView({ line: { parts, version } }: { line: StartLine }) {
  return (
    <div className={styles.startLine}>
      <p className={styles.startText}>
        {parts.map((part, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a start line has three parts, in this order
          <span key={place} className={place === version ? styles.version : undefined}>
            <WireText text={part} />{' '}
          </span>
        ))}
      </p>
      <Copy value={parts.filter(Boolean).join(' ')} label="Copy the start line" />
    </div>
  )
}

const isAcme = ({ to }: Step): boolean => roleOf(to) === 'ca'

function BodyPlace({ step, analysis, side, secrets }: PanelProps & { side: Side }) {
  const fetched = useExchange(step)
  if (fetched.kind === 'failed') return <Quiet>The body could not be fetched: {fetched.why}</Quiet>
  if (fetched.kind === 'waiting')
    return (
      <Delayed>
        <Skeleton height={96} radius="sm" aria-label="The body is on its way" />
      </Delayed>
    )
  const { shown } = shownExchange(fetched.exchange, secrets)
  const message: { readonly headers: Headers; readonly body: Body } | undefined = shown[side]
  if (message === undefined) return null
  return (
    <>
      {differs(message.body, fetched.exchange[side]?.body) && (
        <p className={styles.masked}>
          A name in &lt;&gt; stands in the place of each secret.
          <Button size="compact-xs" variant="default" onClick={() => secrets.reveal(true)}>
            Reveal
          </Button>
        </p>
      )}
      <BodyView
        body={message.body}
        headers={message.headers}
        explained={side === 'response' ? explainedBody(step, analysis) : null}
      />
    </>
  )
}

/** The body of an answer as what it is to ACME; null where it is nothing to it. */
function explainedBody(step: Step, analysis: PanelProps['analysis']): ReactNode {
  const { response } = step.decoded
  if (response.kind === 'certificates') return <Certificates content={response} />
  const explanation = explainAnswer(step.operation, step.decoded)
  if (!explanation?.fields.length) return null
  return <ExplainedFields of={explanation} analysis={analysis} here={step.exchange} />
}

const textOf = (body: Body | undefined): string | null => (body?.kind === 'text' ? body.text : null)

const differs = (shown: Body, original: Body | undefined): boolean => textOf(shown) !== textOf(original)

/** The recorded headers, whose lengths may be told while they are masked. */
const originalHeaders = (analysis: PanelProps['analysis'], step: Step, side: Side): Headers =>
  stepAt(analysis, step.exchange)?.decoded.head[side]?.headers ?? []

function Message(props: PanelProps & { side: Side }) {
  const { step, analysis, side } = props
  const { head } = step.decoded
  const message = head[side]
  if (message === undefined) return <NoAnswer step={step} />
  return (
    <>
      {side === 'response' && <FailureCard head={head} />}
      <StartLineView line={startLine(head, side)} />
      <HeadersTable
        headers={message.headers}
        original={originalHeaders(analysis, step, side)}
        context={{ url: head.request.url, isAcme: isAcme(step) }}
        analysis={analysis}
        here={step.exchange}
      />
      <div className={styles.bodyPlace}>
        <BodyPlace key={step.exchange} {...props} />
      </div>
    </>
  )
}

function NoAnswer({ step: { decoded } }: { step: Step }) {
  const { state, failure } = decoded.head
  if (failure !== undefined) return <FailureCard head={decoded.head} />
  if (state === 'in progress') return <Quiet>No answer yet.</Quiet>
  return <Quiet>{state === 'cut off' ? 'The recording ended before the answer.' : 'No answer was recorded.'}</Quiet>
}

export const RequestPanel = (props: PanelProps) => <Message {...props} side="request" />
export const ResponsePanel = (props: PanelProps) => <Message {...props} side="response" />
