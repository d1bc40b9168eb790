/** Words about the directory, nonces and the account (RFC 8555 §7.1 to §7.3). */

import { isObject, jsonObject, listField } from '../../json.ts'
import type { DecodedExchange, Operation } from '../../model.ts'
import { learn } from '../classify.ts'
import { payloadObject } from '../traits.ts'
import { clip, list, type Subject, type Words } from './subject.ts'

const directory: Words = {
  intent: () => 'Get the directory',
  outcome({ operation, decoded }) {
    const count = learn({ url: '', operation, owner: null, directory: null }, decoded).length
    return [`Directory of ${count} resources`, ...terms(decoded)].join(', ')
  },
}

/** What a client must know before it begins. */
function terms({ response }: DecodedExchange): readonly string[] {
  const meta = jsonObject(response)?.meta
  if (!isObject(meta)) return []
  const profiles = isObject(meta.profiles) ? Object.keys(meta.profiles) : []
  return [
    ...(meta.externalAccountRequired === true ? ['accounts must be bound'] : []),
    ...(profiles.length ? [`profiles ${list(profiles)}`] : []),
  ]
}

const newNonce: Words = {
  intent: () => 'Get a nonce',
  outcome: ({ decoded }) => (decoded.replayNonce === null ? 'No nonce came' : 'Got a nonce'),
}

const newAccount: Words = {
  intent: ({ decoded }) =>
    payloadObject(decoded)?.onlyReturnExisting === true
      ? 'Look for an account'
      : `Register an account${bound(decoded)}`,
  outcome: ({ decoded }) =>
    decoded.head.response?.status === 200 ? 'Account found' : `Account created${bound(decoded)}`,
}

/** To which account at the CA the new one is bound (§7.3.4). */
function bound({ jws }: DecodedExchange): string {
  const { purpose, jws: binding } = jws?.inner ?? {}
  return purpose === 'externalAccountBinding' ? `, bound to ${clip(binding?.kid ?? 'an unnamed one')}` : ''
}

const account: Words = {
  intent({ decoded }) {
    const payload = payloadObject(decoded)
    if (payload?.status === 'deactivated') return 'Deactivate the account'
    if (Array.isArray(payload?.contact)) return payload.contact.length ? 'Change the contacts' : 'Remove the contacts'
    if (payload?.termsOfServiceAgreed === true) return 'Agree to the terms'
    return payload && Object.keys(payload).length ? 'Update the account' : 'Look at the account'
  },
}

const ordersList: Words = {
  intent: () => "List the account's orders",
  outcome: (subject) => listing("The account's orders", subject, 'orders'),
}

const delegationsList: Words = {
  intent: () => 'List the delegations',
  outcome: (subject) => listing('Delegations', subject, 'delegations'),
}

/** `The account's orders: 3 on this page, and it goes on`. */
function listing(title: string, { decoded }: Subject, field: string): string {
  const count = listField(jsonObject(decoded.response), field).length
  const goesOn = decoded.links.some(({ rel }) => rel === 'next')
  if (goesOn) return `${title}: ${count} on this page, and it goes on`
  return `${title}: ${count || 'none'}`
}

const delegation: Words = { intent: () => 'Look at a delegation' }

const keyChange: Words = {
  intent: () => 'Replace the account key',
  outcome: () => 'Account key replaced',
}

export const accountWords: Partial<Record<Operation, Words>> = {
  directory,
  newNonce,
  newAccount,
  account,
  ordersList,
  delegationsList,
  delegation,
  keyChange,
}
