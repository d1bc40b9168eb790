/** Did the connections themselves work: does the client trust us, do we reach and trust the server? */
import type { Connection } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import { hostOf } from '../lanes.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry.ts'
import type { Evidence } from './evidence.ts'

export function checkTransport({ analysis: { connections, steps } }: Evidence): readonly Finding[] {
  const refused = connections.filter((one) => one.outcome === 'client-refused-certificate')
  const hosts = [...new Set(refused.map((one) => one.host ?? 'an unnamed host'))]
  const failures = steps.filter((step) => step.decoded.head.failure !== undefined)
  return [
    ...hosts.map((host) =>
      untrusted(
        host,
        refused.filter((one) => (one.host ?? 'an unnamed host') === host),
      ),
    ),
    ...failures.flatMap((step) => failed(step)),
  ]
}

const untrusted = (host: string, refused: readonly Connection[]): Finding => ({
  id: 'trust.client-rejected-authority',
  severity: 'error',
  title: `The client does not trust acmescope's authority for ${host}`,
  explanation: `It ended ${refused.length === 1 ? 'the connection' : `${refused.length} connections`} to ${host} when it saw our certificate, so nothing could be recorded.`,
  fix: "Let the client trust our authority on this leg, too: settings that name a CA for the ACME server do not cover the DNS provider's API. `acmescope run` sets what common clients read; for Go clients it is SSL_CERT_FILE.",
  reference: reference('RFC 8555 §6.1'),
  exchanges: refused.map(({ id }) => id),
  object: null,
  consequenceOf: null,
})

function failed(step: Step): readonly Finding[] {
  const failure = step.decoded.head.failure
  if (!failure) return []
  const isTrust = failure.stage === 'upstream-tls'
  const host = hostOf(step.url)
  return [
    {
      id: isTrust ? 'trust.upstream-untrusted' : 'upstream.unreachable',
      severity: 'error',
      title: isTrust ? `acmescope does not trust the certificate of ${host}` : `${host} could not be reached`,
      explanation: `${failure.code}: ${failure.message}`,
      fix: isTrust
        ? 'If this is a CA of your own (Pebble, step-ca), give its root with --upstream-ca FILE.'
        : 'Check the name, the network and any firewall between acmescope and this host.',
      reference: reference('RFC 8555 §6.1'),
      exchanges: [step.exchange],
      object: step.url,
      consequenceOf: null,
    },
  ]
}
