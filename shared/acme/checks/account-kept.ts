/** Does the client keep its account (RFC 8555 §7.3)? One that registers at every start runs into limits, and loses what it had. */
import type { Finding } from '../../finding.ts'
import { hostOf } from '../fold/lanes.ts'
import { grouped } from '../grouped.ts'
import { caLabel } from '../known/cas.ts'
import { cureFor } from '../known/cures.ts'
import { limitRow } from '../known/limits.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { namesOf } from './outcome.ts'
import { clockTime, inWords, sentences, short, stepsInWords } from './words.ts'

export function checkAccountKept(evidence: Evidence): readonly Finding[] {
  const made = evidence
    .stepsDoing('newAccount')
    .filter(({ status, account }) => status === 201 && account !== null && !isEnded(evidence, account))
  const again = orderedAgain(evidence)
  return [...grouped(made, whoAndWhere)].flatMap(([who, steps]) => {
    const names = again.get(who)
    const accounts = new Set(steps.map(({ account }) => account))
    return names && accounts.size > 1 ? [notKept(evidence, steps, names)] : []
  })
}

const whoAndWhere = ({ from, to }: Step): string => `${from}\n${to}`

/** A client that gave its account up may well make a new one. */
const isEnded = ({ analysis }: Evidence, url: string): boolean => analysis.accounts.get(url)?.status === 'deactivated'

/** Client and CA → names that were ordered under two accounts, or refused because there are too many certificates for them. */
function orderedAgain({ stepsDoing }: Evidence): ReadonlyMap<string, readonly string[]> {
  const accounts = new Map<string, string | null>()
  const again = new Map<string, readonly string[]>()
  for (const step of stepsDoing('newOrder')) {
    const names = namesOf(step.decoded)
    const key = `${whoAndWhere(step)}\n${names.toSorted().join(' ')}`
    const before = accounts.get(key)
    const isDuplicate = limitRow((step.problem?.detail ?? '').slice(0, 2_000))?.id === 'limit.duplicate-certificate'
    if (isDuplicate || (before !== undefined && before !== step.account)) again.set(whoAndWhere(step), names)
    accounts.set(key, step.account)
  }
  return again
}

function notKept(evidence: Evidence, steps: readonly [Step, ...Step[]], names: readonly string[]): Finding {
  const [first] = steps
  const last = steps.at(-1) ?? first
  return {
    id: 'account.not-persisted',
    severity: 'warning',
    title: `${evidence.clientOf(first)} registered ${steps.length} accounts at ${caLabel(hostOf(first.url))} and ordered the same names again`,
    explanation: sentences(
      `New accounts were made in ${stepsInWords(steps)}, the first at ${clockTime(first.time)}, the last at ${clockTime(last.time)}.`,
      `With them it ordered ${inWords(names.map(short))} again, as if it had neither account nor certificate.`,
    ),
    fix: sentences(
      cureFor('storage', evidence.clientRowOf(first)),
      'Until then each start counts against the CA’s limits on certificates for the same names and on new accounts.',
    ),
    reference: reference('RFC 8555 §7.3'),
    exchanges: steps.map(({ exchange }) => exchange),
    object: last.account,
    consequenceOf: null,
  }
}
