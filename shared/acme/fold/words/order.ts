/** Words about orders, authorizations and challenges (RFC 8555 §7.4, §7.5). */
import { readCertificateId } from '../../ari.ts'
import { isObject, stringField } from '../../json.ts'
import type { JsonObject, Operation } from '../../model.ts'
import { readIdentifier } from '../../problem.ts'
import { payloadObject } from '../traits.ts'
import { about, clip, identifiersIn, list, minute, type Words, withStatus } from './subject.ts'

const newAuthz: Words = {
  intent({ decoded, identifier }) {
    const payload = payloadObject(decoded)
    const name = identifier ?? readIdentifier(payload?.identifier)?.value ?? 'a name'
    return `Authorize ${clip(name)}${coversSubdomains(payload) ? ' and what is below it' : ''} ahead of any order`
  },
}

/** RFC 9444 §4.2 puts it inside the identifier; some clients put it beside. */
const coversSubdomains = (payload: JsonObject | null): boolean =>
  [payload, payload?.identifier].some((one) => isObject(one) && one.subdomainAuthAllowed === true)

const newOrder: Words = {
  intent({ decoded }) {
    const payload = payloadObject(decoded)
    return [`Order ${list(identifiersIn(payload))}`, ...wishes(payload)].join(', ')
  },
  outcome: (subject) =>
    subject.isOldOrder
      ? `${newOrder.intent(subject)}: the order from before, ${subject.objectStatus ?? 'again'}`
      : withStatus(newOrder.intent(subject), subject),
}

/** What an order can ask for besides names. */
function wishes(payload: JsonObject | null): readonly string[] {
  const [profile, replaces] = [stringField(payload, 'profile'), stringField(payload, 'replaces')]
  const renewal = payload?.['auto-renewal']
  return [
    ...(profile === null ? [] : [`profile ${clip(profile)}`]),
    ...(replaces === null ? [] : [`in place of certificate ${serialIn(replaces)}`]),
    ...(isObject(renewal) ? [`renewed by itself until ${clip(minute(stringField(renewal, 'end-date') ?? '?'))}`] : []),
    ...(stringField(payload, 'delegation') === null ? [] : ['by delegation']),
  ]
}

/** The serial number that a certificate's id holds (RFC 9773 §4.1); the id itself when it is none. */
function serialIn(id: string): string {
  const read = readCertificateId(id)
  return 'error' in read ? clip(id) : read.serial
}

const order: Words = {
  intent: ({ decoded }) =>
    payloadObject(decoded)?.status === 'canceled' ? 'Cancel the automatic renewal' : 'Look at the order',
}

const finalize: Words = {
  intent({ decoded: { csr } }) {
    if (csr === null) return 'Finalize the order'
    return 'error' in csr ? `Send a CSR (${clip(csr.error)})` : `Send the CSR for ${list(csr.names)}`
  },
}

const authorization: Words = {
  intent: (subject) =>
    payloadObject(subject.decoded)?.status === 'deactivated'
      ? `Give up the authorization${about(subject)}`
      : `Authorization${about(subject)}`,
  outcome: (subject) =>
    subject.isProven
      ? `${authorization.intent(subject)}: valid already, nothing to prove`
      : withStatus(authorization.intent(subject), subject),
}

const challenge: Words = {
  intent(subject) {
    const type = subject.challenge && clip(subject.challenge.type)
    return subject.decoded.jws?.isPostAsGet
      ? `${type ?? 'Challenge'}${about(subject)}`
      : `Ready for ${type ?? 'the challenge'}${about(subject)}`
  },
}

export const orderWords: Partial<Record<Operation, Words>> = {
  newAuthz,
  newOrder,
  order,
  finalize,
  authorization,
  challenge,
}
