/** Did the client find a directory where it looked for one (RFC 8555 §7.1.1)? Without it nothing else is known to be ACME. */
import { headerValue } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import { roleOf } from '../fold/lanes.ts'
import { grouped } from '../grouped.ts'
import { clientRow } from '../known/clients.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import { isAcme } from './acme-request.ts'
import type { Evidence } from './evidence.ts'
import { answerOf, capital, clockTime, howOften, named, sentences, short } from './words.ts'

export function checkDirectory(evidence: Evidence): readonly Finding[] {
  const { steps } = evidence.analysis
  if (!evidence.isOver || steps.some(isAcme)) return []
  return [...grouped(steps.filter(isLookForDirectory), ({ from, url }) => `${from} ${url}`).values()].map((all) =>
    notThere(evidence, all),
  )
}

/** What an ACME client asks first, by its own name. Transport, and what a CA complains of in ACME's words, is told elsewhere. */
function isLookForDirectory({ method, status, to, problem, decoded: { head } }: Step): boolean {
  const client = clientRow(headerValue(head.request.headers, 'user-agent'))
  const isAcmeClient = client !== null && client.isLibrary !== true
  const isUntold = status !== null && problem?.acmeType == null
  return method === 'GET' && isUntold && roleOf(to) === 'other' && isAcmeClient
}

function notThere(evidence: Evidence, steps: readonly [Step, ...Step[]]): Finding {
  const last = steps.at(-1) ?? steps[0]
  const isDown = (last.status ?? 0) >= 500
  return {
    id: isDown ? 'ca.error' : 'problem.other',
    severity: 'error',
    title: `${evidence.clientOf(last)} found no directory of a CA at ${short(last.url)}`,
    explanation: sentences(
      `${capital(named(last))} at ${clockTime(last.time)} was answered ${answerOf(last)}.`,
      'A directory is JSON that names newNonce, newAccount and newOrder; nothing in this recording is one.',
      howOften(steps),
    ),
    fix: isDown
      ? 'Try again later, and look at the status page of the CA if it stays.'
      : 'Compare the URL with the one that the CA’s own documentation gives, path and all.',
    reference: reference('RFC 8555 §7.1.1'),
    exchanges: steps.map(({ exchange }) => exchange),
    object: last.url,
    consequenceOf: null,
  }
}
