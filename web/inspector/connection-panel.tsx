/** A connection that carried no exchange we could see: where it ended, and what to do. */
import type { Analysis } from '../../shared/acme/model.ts'
import type { Connection } from '../../shared/exchange.ts'
import { connectionEnd, connectionStages } from '../../shared/transport.ts'
import { FindingCard } from '../findings/finding-card.tsx'
import { useFindings } from '../findings/use-findings.ts'
import { NotesOn } from '../notes/notes-on.tsx'
import { byteSize, preciseTime } from '../theme/time.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Fact, Facts, Section, Wire } from './facts.tsx'
import { Course, TransportCard } from './failure-card.tsx'
import styles from './frame.module.css'
import { Moves } from './head.tsx'
import { keepScrolling } from './tabs.tsx'

interface Props {
  readonly connection: Connection
  readonly analysis: Analysis
}

const target = ({ host, port }: Connection): string | null =>
  host === null || port === null ? host : `${host}:${port}`

const offerWords = ({ versions, ciphers }: NonNullable<NonNullable<Connection['tls']>['offered']>): string =>
  `${versions.join(', ')}; ${ciphers.join(', ')}`

function Head({ connection, analysis }: Props) {
  const to = target(connection)
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <span className={styles.number}>#{connection.sequence}</span>
        <h2>Connection</h2>
      </div>
      <div className={styles.actions}>
        <Moves analysis={analysis} id={connection.id} />
      </div>
      <div className={styles.address}>
        <span className={styles.url}>{to === null ? 'to nobody named' : <WireText text={to} cut />}</span>
      </div>
    </header>
  )
}

function WireFacts({ connection }: { connection: Connection }) {
  const { client, bytes, tls, startedAt, unwritten } = connection
  const to = target(connection)
  const tlsWords = [tls?.version, tls?.alpn, tls?.sni && `for ${tls.sni}`].filter(Boolean).join(', ')
  return (
    <Section title="On the wire">
      <Facts>
        {to !== null && (
          <Fact label="Wanted">
            <Wire>{to}</Wire>
          </Fact>
        )}
        <Fact label="Time">{preciseTime(startedAt)} UTC</Fact>
        {client.address !== null && (
          <Fact label="Client">
            <Wire>{client.port === null ? client.address : `${client.address} port ${client.port}`}</Wire>{' '}
            {client.process !== undefined && <Wire>{client.process}</Wire>}
          </Fact>
        )}
        {tlsWords !== '' && (
          <Fact label="TLS">
            <WireText text={tlsWords} />
          </Fact>
        )}
        {tls?.offered !== undefined && (
          <Fact label="Offered">
            <WireText text={offerWords(tls.offered)} />
          </Fact>
        )}
        {tls?.ja4 !== undefined && (
          <Fact label="JA4">
            <Wire>{tls.ja4}</Wire>
          </Fact>
        )}
        {bytes !== undefined && (
          <Fact label="Bytes">
            {byteSize(bytes.sent)} sent, {byteSize(bytes.received)} received
          </Fact>
        )}
        {unwritten !== undefined && (
          <Fact label="Repeats">{unwritten.toLocaleString('en')} just like it went before, within seconds</Fact>
        )}
      </Facts>
    </Section>
  )
}

export function ConnectionInspector({ connection, analysis }: Props) {
  const findings = useFindings().filter(({ exchanges }) => exchanges.includes(connection.id))
  const { outcome, failure } = connection
  const words = connectionEnd(outcome)
  return (
    <>
      <Head connection={connection} analysis={analysis} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach it */}
      <section className={styles.panel} tabIndex={0} aria-label="About this connection" onKeyDown={keepScrolling}>
        {/* What the finding says of this client is better than what is true of all. */}
        <TransportCard
          words={findings.length > 0 ? { ...words, fix: null } : words}
          code={failure?.code ?? null}
          message={failure?.message ?? null}
        />
        <Course stages={connectionStages(connection)} />
        {findings.length > 0 && (
          <Section title={findings.length === 1 ? 'Finding' : 'Findings'}>
            {findings.map((finding) => (
              <FindingCard key={finding.id} finding={finding} analysis={analysis} />
            ))}
          </Section>
        )}
        <WireFacts connection={connection} />
        <Section title="Notes">
          <NotesOn exchange={connection.id} what="this connection" />
        </Section>
      </section>
    </>
  )
}
