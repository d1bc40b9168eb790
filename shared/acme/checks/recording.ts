/** What the recording itself does not let us say. */
import type { Finding } from '../../finding.ts'
import { hostOf } from '../fold/lanes.ts'
import { grouped } from '../grouped.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import { beginnings } from './beginnings.ts'
import { checkCutValues } from './cut-values.ts'
import type { Evidence } from './evidence.ts'
import { capital, inWords, named, short, stepsInWords } from './words.ts'

export const checkRecording = (evidence: Evidence): readonly Finding[] => [
  ...checkCutValues(evidence),
  ...checkBeginning(evidence),
]

/** Per CA: its directory was read before, or the accounts that speak were made before, and their keys are not known. */
function checkBeginning(evidence: Evidence): readonly Finding[] {
  const { midway } = beginnings(evidence)
  const keyless = keylessAccounts(evidence)
  const unknown = byHost(evidence.stepsDoing('other'))
  const hosts = new Set([...midway.keys(), ...keyless.keys()])
  return [...hosts].map((host) => {
    const first = midway.get(host)
    return startsMidway(host, first, keyless.get(host) ?? [], first ? (unknown.get(host) ?? []) : [])
  })
}

/** Host → signed requests of accounts that no answer here told of, and whose key nobody could find. */
function keylessAccounts({ analysis: { steps, accounts } }: Evidence): ReadonlyMap<string, readonly Step[]> {
  const keyless = steps.filter((step) => {
    const { jws } = step.decoded
    return jws?.kid != null && jws.signature.key === null && !accounts.get(jws.kid)?.jwk && !isNoAccount(step)
  })
  return byHost(keyless)
}

const byHost = (steps: readonly Step[]) => grouped(steps, ({ url }) => hostOf(url))

const isNoAccount = ({ problem }: Step): boolean => problem?.acmeType === 'accountDoesNotExist'

function startsMidway(
  host: string,
  first: Step | undefined,
  keyless: readonly Step[],
  unknown: readonly Step[],
): Finding {
  const accounts = new Set(keyless.flatMap(({ decoded }) => decoded.jws?.kid ?? []))
  const [earliest] = [...(first ? [first] : []), ...unknown].toSorted((a, b) => a.sequence - b.sequence)
  const exchanges = [...new Set([...(earliest ? [earliest] : []), ...keyless, ...unknown])]
  return {
    id: 'recording.starts-midway',
    severity: 'info',
    title: first
      ? `The recording begins after the directory of ${short(host)} was read`
      : `The recording begins after ${inWords([...accounts].map((url) => `account ${short(url)}`))} ${accounts.size === 1 ? 'was' : 'were'} made`,
    explanation: [
      earliest
        ? `${capital(named(earliest))} is the first request to ${short(host)}; no directory was seen before it.`
        : '',
      unknown.length
        ? `What ${unknown.length} of the requests ${unknown.length === 1 ? 'is' : 'are'} for cannot be said, since nothing told what their URLs are.`
        : '',
      first ? 'Nonces that were given out before are not called unknown.' : '',
      keyless.length
        ? `The key of ${inWords([...accounts].map(short))} was not seen, so the ${keyless.length === 1 ? 'signature' : 'signatures'} of ${stepsInWords(keyless)} cannot be checked, nor the value of a proof be told.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
    fix: 'To have everything checked, record from the start of the client: restart it, or let it register anew. Keys that another recording showed are used here, too.',
    reference: reference(first ? 'RFC 8555 §7.1.1' : 'RFC 8555 §7.3'),
    exchanges: exchanges.map(({ exchange }) => exchange),
    object: first?.url ?? keyless[0]?.decoded.jws?.kid ?? null,
    consequenceOf: null,
  }
}
