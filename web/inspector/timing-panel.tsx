/** When it was and how long it took: stage by stage, and where in the recording. */
import type { Analysis, ExchangeHead, Step } from '../../shared/acme/model.ts'
import { type Headers, headerValue } from '../../shared/exchange.ts'
import { byteSize, dateTime, duration, preciseTime } from '../theme/time.ts'
import { Aside, Fact, Facts, Quiet, Section, StepLink, Wire } from './facts.tsx'
import type { PanelProps } from './panel.ts'
import styles from './timing.module.css'
import { headerBytes, neighbourOf, positionOf, type Stage, stagesOf, wholeOf } from './timing.ts'

const percent = (part: number, whole: number): string => `${Math.min(100, (part / whole) * 100)}%`

function Bar({ stage: { id, label, from, ms }, whole }: { stage: Stage; whole: number }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className={styles.track}>
        {ms !== null && (
          <span
            className={styles.bar}
            data-stage={id}
            style={{ left: percent(from, whole), width: percent(ms, whole) }}
          />
        )}
      </td>
      <td className={styles.number}>{ms === null ? <Aside>not measured</Aside> : duration(ms)}</td>
    </tr>
  )
}

function Waterfall({ step }: PanelProps) {
  const { timings, state } = step.decoded.head
  const whole = wholeOf(timings)
  if (whole === null)
    return (
      <Quiet>{state === 'in progress' ? 'It is not over yet.' : 'How long it took is not in the recording.'}</Quiet>
    )
  return (
    <table className={styles.waterfall}>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">
            <span className={styles.scale}>
              <span>0</span>
              <span>{duration(whole)}</span>
            </span>
          </th>
          <th scope="col" className={styles.number}>
            Time
          </th>
        </tr>
      </thead>
      <tbody>
        {stagesOf(timings).map((stage) => (
          <Bar key={stage.id} stage={stage} whole={Math.max(whole, 0.001)} />
        ))}
        <tr>
          <th scope="row">DNS, connection, TLS</th>
          <td />
          <td className={styles.number}>
            <Aside>not measured</Aside>
          </td>
        </tr>
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">In all</th>
          <td />
          <td className={styles.number}>{duration(whole)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

function silence(ms: number): string {
  if (!Number.isFinite(ms)) return ''
  return ms < 0 ? 'at the same time' : `${duration(ms)} between`
}

interface NeighbourFactProps {
  readonly step: Step
  readonly analysis: Analysis
  readonly where: 'before' | 'after'
}

function NeighbourFact({ step, analysis, where }: NeighbourFactProps) {
  const neighbour = neighbourOf(analysis, step, where)
  return (
    <Fact label={where === 'before' ? 'Before it' : 'After it'}>
      {neighbour === null ? (
        <Aside>nothing of the same client</Aside>
      ) : (
        <>
          <StepLink analysis={analysis} exchange={neighbour.step.exchange} /> {neighbour.step.operation}{' '}
          <Aside>{silence(neighbour.silence)}</Aside>
        </>
      )}
    </Fact>
  )
}

function Place({ step, analysis }: PanelProps) {
  const position = positionOf(analysis, step)
  const ended = step.decoded.head.timings.total
  return (
    <Section title="In the recording">
      {position !== null && (
        <div
          className={styles.strip}
          role="img"
          aria-label={`Begins ${duration(position.start)} after the first step, of ${duration(position.span)} in all`}
        >
          <span
            style={{
              left: percent(position.start, position.span),
              width: percent(position.end - position.start, position.span),
            }}
          />
        </div>
      )}
      <Facts>
        <Fact label="Began">
          {dateTime(step.time).replace(' UTC', '')}
          {preciseTime(step.time).slice(8)} UTC
          {position !== null && <Aside> {duration(position.start)} after the first step</Aside>}
        </Fact>
        {ended !== undefined && step.decoded.head.state === 'complete' && (
          <Fact label="Ended">{preciseTime(new Date(Date.parse(step.time) + ended).toISOString())} UTC</Fact>
        )}
        <NeighbourFact step={step} analysis={analysis} where="before" />
        <NeighbourFact step={step} analysis={analysis} where="after" />
      </Facts>
    </Section>
  )
}

interface Sized {
  readonly headers: Headers
  readonly body: { readonly bytes: number | null }
}

/** A body is held unpacked; what it took on the wire its header says. */
const packed = ({ headers }: Sized): string =>
  headerValue(headers, 'content-encoding') === null
    ? ''
    : `, ${headerValue(headers, 'content-length') ?? 'fewer'} octets packed as ${headerValue(headers, 'content-encoding')?.slice(0, 20)}`

function Sizes({ head }: { head: ExchangeHead }) {
  const sides = [['Request', head.request] as const, ...(head.response ? [['Answer', head.response] as const] : [])]
  return (
    <Section title="Sizes">
      <Facts>
        {sides.map(([label, message]) => (
          <Fact key={label} label={label}>
            {byteSize(message.body.bytes)} body{packed(message)}, {byteSize(headerBytes(message.headers))} in{' '}
            {message.headers.length} headers
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}

const joined = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ')

function ConnectionFacts({ head }: { head: ExchangeHead }) {
  const { client, tls, request, response } = head
  return (
    <Section title="Connections">
      <Facts>
        <Fact label="Client">
          {client.address === null ? (
            <Aside>address not recorded</Aside>
          ) : (
            <Wire>{client.port === null ? client.address : `${client.address} port ${client.port}`}</Wire>
          )}{' '}
          {client.process !== undefined && <Wire>{client.process}</Wire>}
        </Fact>
        <Fact label="TLS, client">
          {tls?.client === undefined ? (
            <Aside>not recorded</Aside>
          ) : (
            joined([tls.client.version, tls.client.alpn, tls.client.sni && `for ${tls.client.sni}`]) || (
              <Aside>used, no more is known</Aside>
            )
          )}
        </Fact>
        {tls?.client?.ja4 !== undefined && (
          <Fact label="JA4">
            <Wire>{tls.client.ja4}</Wire> <Aside>tells one TLS library from another</Aside>
          </Fact>
        )}
        <Fact label="TLS, server">
          {tls?.upstream?.version ?? <Aside>not recorded</Aside>}
          {tls?.upstream?.peerCertificate !== undefined && (
            <>
              {' '}
              <Wire>{tls.upstream.peerCertificate}</Wire>
            </>
          )}
        </Fact>
        <Fact label="HTTP">{joined([request.httpVersion, response && `answered in ${response.httpVersion}`])}</Fact>
      </Facts>
    </Section>
  )
}

export const TimingPanel = (props: PanelProps) => (
  <>
    <Section title="Stages">
      <Waterfall {...props} />
    </Section>
    <Place {...props} />
    <Sizes head={props.step.decoded.head} />
    <ConnectionFacts head={props.step.decoded.head} />
  </>
)
