/** What of the recording that is shown can be gone to: steps, objects, findings. */
import type { Analysis, Step } from '../../shared/acme/model.ts'
import { findingAddresses } from '../../shared/report/finding-address.ts'
import { shownText } from '../../shared/shown-text.ts'
import { useJudgement } from '../findings/judging.ts'
import { operationLabel } from '../flow/step-words.ts'
import { goTo, type Place, readPlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import type { Entry } from './entry.ts'

/** Whoever is at a page that is of no recording is brought to one of a recording's. */
export const placeEntry = (id: string, label: string, detail: string, words: string, place: Partial<Place>): Entry => ({
  id,
  label: shownText(label),
  detail: shownText(detail),
  words: words.toLowerCase(),
  place,
  run: () => goTo(place),
})

const stepEntries = new WeakMap<Step, Entry>()

/** Made once per step: what is typed next looks at the same. */
function stepEntry(step: Step): Entry {
  const known = stepEntries.get(step)
  if (known !== undefined) return known
  const { exchange, sequence, method, url, identifier, status, summary, problem } = step
  const words = `${url} ${identifier ?? ''} ${status ?? ''} ${problem?.acmeType ?? ''}`
  const entry = placeEntry(`step ${exchange}`, `#${sequence} ${method} ${operationLabel(step)}`, summary, words, {
    step: exchange,
    order: null,
    panel: null,
  })
  stepEntries.set(step, entry)
  return entry
}

const views = new Set(['flow', 'exchanges'])

/** A step is looked at where one already looks at steps, else on the diagram. */
export function steps(): readonly Entry[] {
  const { view } = readPlace(window.location.search)
  const { analysis } = useSession.getState()
  const entries = analysis.steps.map(stepEntry)
  if (views.has(view)) return entries
  return entries.map((entry) => {
    const place = { ...entry.place, view: 'flow' }
    return { ...entry, place, run: () => goTo(place) }
  })
}

const namesOf = (names: readonly { readonly value: string }[]): string => {
  const [first, ...others] = names
  if (first === undefined) return ''
  return others.length === 0 ? first.value : `${first.value} +${others.length}`
}

const objectEntry = (kind: string, name: string, url: string, status: string | null, words = ''): Entry =>
  placeEntry(`object ${url}`, `${kind} ${name}`.trim(), [status, url].filter(Boolean).join(' · '), `${url} ${words}`, {
    view: 'objects',
    object: url,
  })

/** Of a recording with many, the whole is walked while the palette is open and something was typed. */
export function objects(): readonly Entry[] {
  const { orders, authorizations, accounts, certificates, challenges }: Analysis = useSession.getState().analysis
  return [
    ...[...orders.values()].map(({ url, status, identifiers }) =>
      objectEntry('Order', namesOf(identifiers), url, status, identifiers.map(({ value }) => value).join(' ')),
    ),
    ...[...authorizations.values()].map(({ url, status, identifier, wildcard }) =>
      objectEntry('Authorization', `${wildcard ? '*.' : ''}${identifier?.value ?? ''}`, url, status),
    ),
    ...[...challenges.values()].map(({ url, status, type, authorization }) =>
      objectEntry(`Challenge ${type}`, authorizations.get(authorization ?? '')?.identifier?.value ?? '', url, status),
    ),
    ...[...accounts.values()].map(({ url, status, contact }) => objectEntry('Account', contact[0] ?? '', url, status)),
    ...[...certificates.values()].map(({ url, order }) =>
      objectEntry('Certificate', namesOf(orders.get(order ?? '')?.identifiers ?? []), url, null),
    ),
  ]
}

export function findings(): readonly Entry[] {
  const { findings: all } = useJudgement.getState()
  const addresses = findingAddresses(all)
  return all.map((finding, at) => {
    const { id, title, severity, explanation } = finding
    const place = { view: 'findings', finding: addresses.get(finding) ?? id }
    return placeEntry(`finding ${at}`, title, severity, `${id} ${explanation}`, place)
  })
}
