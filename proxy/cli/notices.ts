// Trouble a person can mend while it records, said once each on stderr.
import type { Fact } from '../../shared/exchange.ts'
import { isUntrusted } from '../capture/failure.ts'

/** `pem`: the certificate clients must trust. The function returned gives a line, or null when there is nothing new to say. */
export function createNotices(pem: string): (fact: Fact) => string | null {
  const said = new Set<string>()
  return (fact) => {
    const line = notice(fact, pem)
    if (line === null || said.has(line)) return null
    said.add(line)
    return line
  }
}

function notice(fact: Fact, pem: string): string | null {
  if (fact.kind === 'connection' && fact.outcome === 'client-refused-certificate') {
    return `the client refused our certificate for ${fact.host ?? 'an unnamed host'}; let it trust ${pem}`
  }
  if (fact.kind !== 'exchange' || !fact.failure) return null
  const host = URL.canParse(fact.request.url) ? new URL(fact.request.url).host : fact.request.url
  if (isUntrusted(fact.failure)) {
    return `${host} has a certificate from a CA that is not trusted here (${fact.failure.code}); name its root with --upstream-ca FILE`
  }
  return fact.failure.stage === 'aborted' ? null : `${host} could not be reached: ${fact.failure.message}`
}
