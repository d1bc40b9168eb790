/** A certificate: how much of its life the recording shows, when its CA suggests to renew, and its chain. */

import { type Renewal, renewalOf } from '../../shared/acme/course/renewal.ts'
import { revocationsIn } from '../../shared/acme/course/revocations.ts'
import { payloadObject } from '../../shared/acme/fold/traits.ts'
import type { Analysis, IssuedCertificate } from '../../shared/acme/model.ts'
import { reasonRow } from '../../shared/acme/registry/registry.ts'
import { leafOf } from '../../shared/x509/leaf.ts'
import type { Certificate } from '../../shared/x509/model.ts'
import { Chain } from '../inspector/certificate-panel.tsx'
import { Aside, Copy } from '../inspector/facts.tsx'
import { comparedFor, NamesCompared } from '../inspector/names-compared.tsx'
import { dateTime } from '../theme/time.ts'
import { Fact, Facts, ObjectLink, Panel, StepLink } from './frame.tsx'
import styles from './objects.module.css'

interface Span {
  readonly from: number
  readonly to: number
}

const DAY_MS = 86_400_000

/** Where a moment lies in a span, in per cent of it. */
const placeIn = ({ from, to }: Span, at: number): number =>
  Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100))

const shortDate = (iso: string): string => dateTime(iso).slice(0, 10)

interface ValidityProps {
  readonly certificate: Certificate
  readonly renewal: Renewal | null
  /** ISO 8601: the end of the recording. */
  readonly now: string
}

/** Its life as a bar: the recording's own moment, and the window in which the CA suggests to renew. */
function Validity({ certificate: { notBefore, notAfter }, renewal, now }: ValidityProps) {
  const life = { from: Date.parse(notBefore), to: Date.parse(notAfter) }
  if (!(life.to > life.from)) return null
  const window = renewal?.info.window ?? null
  const [start, end] = window ? [window.start, window.end].map((at) => placeIn(life, Date.parse(at))) : [0, 0]
  const days = Math.round((life.to - life.from) / DAY_MS)
  return (
    <Panel title="Valid" aside={`${days} days`}>
      <div className={styles.life}>
        <div className={styles.bar}>
          {window && (
            <span
              className={styles.window}
              style={{ left: `${start}%`, width: `${Math.max(0.5, (end ?? 0) - (start ?? 0))}%` }}
            />
          )}
          <span
            className={styles.now}
            style={{ left: `${placeIn(life, Date.parse(now))}%` }}
            title={`the recording's end, ${dateTime(now)}`}
          />
        </div>
        <div className={styles.ends}>
          <time dateTime={notBefore} title={dateTime(notBefore)}>
            {shortDate(notBefore)}
          </time>
          <time dateTime={notAfter} title={dateTime(notAfter)}>
            {shortDate(notAfter)}
          </time>
        </div>
      </div>
      {renewal && <Suggested renewal={renewal} />}
    </Panel>
  )
}

const Suggested = ({ renewal: { step, info } }: { renewal: Renewal }) => (
  <Facts>
    <Fact label="Renew">
      {info.window ? `between ${dateTime(info.window.start)} and ${dateTime(info.window.end)}` : info.fault}{' '}
      <Aside>as the CA suggests in</Aside> <StepLink step={step} />
    </Fact>
  </Facts>
)

function Revocation({ analysis, leaf }: { analysis: Analysis; leaf: Certificate }) {
  const step = revocationsIn(analysis).get(leaf.fingerprintSha256)
  if (!step) return null
  const reason = payloadObject(step.decoded)?.reason
  const row = typeof reason === 'number' ? reasonRow(reason) : null
  return (
    <Panel title="Revoked">
      <Facts>
        <Fact label="By">
          <StepLink step={step} /> <Aside>{dateTime(step.time)}</Aside>
        </Fact>
        <Fact label="Reason">{row ? `${row.name}: ${row.text}` : <Aside>none given</Aside>}</Fact>
      </Facts>
    </Panel>
  )
}

const MOST_LISTED = 20

export function CertificateFacts({ analysis, certificate }: { analysis: Analysis; certificate: IssuedCertificate }) {
  const { chain, errors, alternates, order } = certificate
  const leaf = leafOf(chain)
  return (
    <>
      {leaf && (
        <Validity certificate={leaf} renewal={renewalOf(analysis, leaf)} now={analysis.steps.at(-1)?.time ?? ''} />
      )}
      {leaf && <Revocation analysis={analysis} leaf={leaf} />}
      {errors.length > 0 && (
        <Panel title="Not readable">
          <ul className={styles.links}>
            {errors.map((error) => (
              <li key={error}>{error}</li>
            ))}
          </ul>
        </Panel>
      )}
      {alternates.length > 0 && (
        <Panel title="Other chains" aside="that the CA offers for it">
          <ul className={styles.links}>
            {alternates.slice(0, MOST_LISTED).map((url) => (
              <li key={url}>
                <ObjectLink analysis={analysis} url={url} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <div className={styles.borrowed}>
        <NamesCompared {...comparedFor(analysis, order, { certificate: leaf ?? null })} />
      </div>
    </>
  )
}

export const CertificateChain = ({ certificate: { chain } }: { certificate: IssuedCertificate }) =>
  chain.length > 0 && (
    <Panel
      title="Chain"
      aside={chain.length === 1 ? '1 certificate' : `${chain.length} certificates`}
      action={<Copy value={chain.map(({ pem }) => pem).join('')} label="Copy all as PEM" />}
    >
      <div className={styles.chain}>
        <Chain chain={chain} />
      </div>
    </Panel>
  )
