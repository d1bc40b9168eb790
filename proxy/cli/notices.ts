// Trouble a person can mend while it records, said once each on stderr.
import type { Connection, Exchange, Fact, Failure } from '../../shared/exchange.ts'
import { isUntrusted } from '../capture/failure.ts'

/** Ports are scanned, and every scan begins with other bytes: it is all in the recording. */
const MOST_LINES = 1_000

/** `pem`: the certificate clients must trust. The function returned gives a line, or null when there is nothing new to say. */
export function createNotices(pem: string): (fact: Fact) => string | null {
  const said = new Set<string>()
  return (fact) => {
    const line = notice(fact, pem)
    if (line === null || said.has(line) || said.size >= MOST_LINES) return null
    said.add(line)
    return line
  }
}

function notice(fact: Fact, pem: string): string | null {
  if (fact.kind === 'connection') return ofConnection(fact, pem)
  if (fact.kind === 'exchange') return ofExchange(fact)
  const { subject, detail } = fact
  return subject === 'validation' && detail.failure ? ofValidation(detail.sni ?? 'no name', detail.failure) : null
}

const ofValidation = (host: string, { message }: Failure): string =>
  `a validation of ${host} came to nothing: ${message}`

function ofConnection({ outcome, host, failure }: Connection, pem: string): string | null {
  const to = host ?? 'an unnamed host'
  const why = failure ? ` (${failure.message})` : ''
  switch (outcome) {
    case 'client-refused-certificate':
      return `the client refused our certificate for ${to}; let it trust ${pem}`
    case 'tls-failed':
      return `TLS with the client failed for ${to}${why}`
    case 'not-http':
      return `what came for ${to} is no HTTP${why}; the address of the proxy is http://HOST:PORT`
    case 'not-tls':
      return `a tunnel to ${to} carried neither TLS nor HTTP and was passed on unread${why}`
    case 'turned-away':
      return `a client was turned away on its way to ${to}${why}`
    case 'passed-through':
      return `${to} passes undecrypted for a client that refused our certificate; let it trust ${pem} to record it again`
    case 'unused':
      return null
  }
}

function ofExchange({ request, failure, inbound }: Exchange): string | null {
  if (!failure) return null
  const host = URL.canParse(request.url) ? new URL(request.url).host : request.url
  if (isUntrusted(failure)) {
    return `${host} has a certificate from a CA that is not trusted here (${failure.code}); name its root with --upstream-ca FILE`
  }
  if (failure.stage === 'aborted') return null
  return inbound ? ofValidation(host, failure) : `${host} could not be reached: ${failure.message}`
}
