/** One line in plain words about each step. */
import type { Certificate } from '../x509/model.ts'
import { learn } from './classify.ts'
import type { DnsStep } from './dns.ts'
import { dnsIntent, dnsOutcome, dnsRefusal } from './dns-words.ts'
import { listField } from './json.ts'
import type { Challenge, DecodedExchange, Identifier, Operation } from './model.ts'
import { readIdentifier } from './problem.ts'
import { payloadObject } from './traits.ts'

/** What a step's line is written from. */
export interface Subject {
  readonly operation: Operation
  readonly decoded: DecodedExchange
  /** The name the step is about, with `*.` for a wildcard. */
  readonly identifier: string | null
  readonly objectStatus: string | null
  readonly challenge: Challenge | null
  readonly dns: DnsStep | null
  /** Sent again after its nonce was refused. */
  readonly isRetry: boolean
  /** The CA answered with an order that was there before. */
  readonly isOldOrder: boolean
  /** The authorization was valid before anybody proved anything in this recording. */
  readonly isProven: boolean
}

const NAMES_SHOWN = 3

export function summarise(subject: Subject): string {
  return subject.isRetry ? `${whatHappened(subject)} (second try, after badNonce)` : whatHappened(subject)
}

function whatHappened(subject: Subject): string {
  const { head, problem } = subject.decoded
  if (head.failure) return `No answer: ${head.failure.message}`
  if (head.state === 'in progress') return `${intent(subject)} …`
  if (head.state === 'cut off') return `${intent(subject)}: the recording ended before the answer`
  if (problem) return `${problem.acmeType ?? problem.title ?? 'Problem'}: ${problem.detail ?? 'no detail given'}`
  const status = head.response?.status ?? 0
  if (status < 400 && (subject.dns?.seen.accepted ?? true)) return outcome(subject)
  return `${intent(subject)}: refused with ${status}${subject.dns ? dnsRefusal(subject.dns.seen) : ''}`
}

/** What the request wants. */
const intent = (subject: Subject): string =>
  (subject.dns && dnsIntent(subject.dns, subject.decoded)) ?? acmeIntent(subject)

function acmeIntent({ operation, identifier, decoded, challenge }: Subject): string {
  const about = identifier === null ? '' : ` for ${identifier}`
  switch (operation) {
    case 'directory':
      return 'Get the directory'
    case 'newNonce':
      return 'Get a nonce'
    case 'newAccount':
      return payloadObject(decoded)?.onlyReturnExisting === true ? 'Look for an account' : 'Register an account'
    case 'account':
      return accountIntent(decoded)
    case 'ordersList':
      return "List the account's orders"
    case 'keyChange':
      return 'Replace the account key'
    case 'newAuthz':
      return `Authorize a name${about}`
    case 'newOrder':
      return `Order ${names(readIdentifiers(payloadObject(decoded)))}`
    case 'order':
      return 'Look at the order'
    case 'finalize':
      return csrIntent(decoded)
    case 'authorization':
      return payloadObject(decoded)?.status === 'deactivated'
        ? `Give up the authorization${about}`
        : `Authorization${about}`
    case 'challenge':
      return decoded.jws?.isPostAsGet
        ? `${challenge?.type ?? 'Challenge'}${about}`
        : `Ready for ${challenge?.type ?? 'the challenge'}${about}`
    case 'certificate':
      return 'Download the certificate'
    case 'revokeCert':
      return 'Revoke a certificate'
    case 'renewalInfo':
      return 'Ask when to renew'
    case 'delegationsList':
      return 'List the delegations'
    case 'delegation':
      return 'Look at a delegation'
    case 'validation.http-01':
      return `The CA fetches the proof${about}`
    default:
      return `${decoded.head.request.method} ${pathOf(decoded.head.request.url)}`
  }
}

function outcome(subject: Subject): string {
  const { operation, objectStatus, decoded, dns } = subject
  const told = dns && dnsOutcome(dns)
  if (told) return `${intent(subject)}: ${told}`
  switch (operation) {
    case 'directory':
      return `Directory of ${learn({ url: '', operation, owner: null, directory: null }, decoded).length} resources`
    case 'newNonce':
      return decoded.replayNonce === null ? 'No nonce came' : 'Got a nonce'
    case 'newAccount':
      return decoded.head.response?.status === 200 ? 'Account found' : 'Account created'
    case 'newOrder':
    case 'newAuthz':
    case 'finalize':
    case 'order':
    case 'authorization':
    case 'challenge':
      if (subject.isOldOrder) return `${intent(subject)}: the order from before, ${objectStatus ?? 'again'}`
      if (subject.isProven) return `${intent(subject)}: valid already, nothing to prove`
      return objectStatus === null ? intent(subject) : `${intent(subject)}: ${objectStatus}`
    case 'certificate':
      return certificateOutcome(decoded)
    default:
      return intent(subject)
  }
}

function accountIntent(decoded: DecodedExchange): string {
  const payload = payloadObject(decoded)
  if (payload?.status === 'deactivated') return 'Deactivate the account'
  return payload && Object.keys(payload).length ? 'Update the account' : 'Look at the account'
}

function csrIntent({ csr }: DecodedExchange): string {
  if (csr === null) return 'Finalize the order'
  return 'error' in csr ? `Send a CSR (${csr.error})` : `Send the CSR for ${list(csr.names)}`
}

function certificateOutcome({ response }: DecodedExchange): string {
  if (response.kind !== 'certificates') return 'No certificate in the answer'
  const [leaf, ...rest] = response.chain
  return leaf
    ? `Certificate for ${list(leaf.sans)}, ${chainWords(rest)}`
    : `Certificate chain (${response.errors[0] ?? 'empty'})`
}

const chainWords = (issuers: readonly Certificate[]): string =>
  issuers.length === 0 ? 'without its chain' : `with ${issuers.length} above it`

const readIdentifiers = (payload: unknown): readonly Identifier[] =>
  listField(payload, 'identifiers').flatMap((one) => readIdentifier(one) ?? [])

const names = (identifiers: readonly Identifier[]): string => list(identifiers.map(({ value }) => value))

function list(all: readonly string[]): string {
  if (all.length === 0) return 'no name'
  const shown = all.slice(0, NAMES_SHOWN).join(', ')
  return all.length > NAMES_SHOWN ? `${shown} and ${all.length - NAMES_SHOWN} more` : shown
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url)
