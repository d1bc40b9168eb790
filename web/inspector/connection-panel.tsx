/** A connection that carried no exchange we could see. */
import type { ReactNode } from 'react'
import type { Connection } from '../../shared/exchange.ts'
import { FindingCard } from '../findings/finding-card.tsx'
import { useFindings } from '../findings/use-findings.ts'
import { NotesOn } from '../notes/notes-on.tsx'
import { useSession } from '../session/session.ts'
import { byteSize, preciseTime } from '../theme/time.ts'
import { Fact, Facts, Section, Wire } from './facts.tsx'
import styles from './inspector.module.css'

export function ConnectionPanel({ connection, close }: { connection: Connection; close: ReactNode }) {
  const analysis = useSession((session) => session.analysis)
  const findings = useFindings().filter(({ exchanges }) => exchanges.includes(connection.id))
  const { host, port, client, failure, bytes, tls } = connection
  return (
    <>
      <div className={styles.head}>
        <span className={styles.headNumber}>#{connection.sequence}</span>
        <h2>Connection</h2>
        <span className={styles.headEnd}>{close}</span>
      </div>
      <div className={styles.panel}>
        <p className={styles.lead}>{connection.outcome.replaceAll('-', ' ')}</p>
        {findings.map((finding) => (
          <FindingCard key={finding.id} finding={finding} analysis={analysis} />
        ))}
        <Section title="On the wire">
          <Facts>
            {host !== null && (
              <Fact label="Wanted">
                <Wire>{port === null ? host : `${host}:${port}`}</Wire>
              </Fact>
            )}
            <Fact label="Time">{preciseTime(connection.startedAt)} UTC</Fact>
            {client.address !== null && (
              <Fact label="Client">
                <Wire>{client.address}</Wire> {client.process}
              </Fact>
            )}
            {tls?.version !== undefined && <Fact label="TLS">{tls.version}</Fact>}
            {failure !== undefined && (
              <Fact label="Failure">
                {failure.message} <Wire>{failure.code}</Wire>
              </Fact>
            )}
            {bytes !== undefined && (
              <Fact label="Bytes">
                {byteSize(bytes.sent)} sent, {byteSize(bytes.received)} received
              </Fact>
            )}
          </Facts>
        </Section>
        <Section title="Notes">
          <NotesOn exchange={connection.id} what="this connection" />
        </Section>
      </div>
    </>
  )
}
