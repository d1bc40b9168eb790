/** What an API's refusal means, and what to do about it. */
import type { DnsError, DnsErrorKind, DnsErrorRow } from './provider.ts'

/** In our words, for every provider; a row may say more. */
const WORDS: Readonly<Record<DnsErrorKind, Pick<DnsError, 'meaning' | 'fix'>>> = {
  'credential-malformed': {
    meaning: 'The credentials do not have the form that the API expects.',
    fix: 'Copy the token or key again: whole, and without quotes, spaces or line breaks.',
  },
  unauthorized: {
    meaning: 'The API does not accept the credentials, or they do not allow this.',
    fix: 'Check that the credentials are the right ones, not expired or revoked, and may read the zone and edit its records.',
  },
  'zone-not-found': {
    meaning: 'The account of these credentials shows no such zone.',
    fix: 'Check that the zone is at this provider, in this account, and that the credentials may see it.',
  },
  'record-exists': {
    meaning: 'The record is there already: an earlier run left it, or somebody made it by hand.',
    fix: 'Delete the old record, and see that the client clears up after itself.',
  },
  'record-not-found': {
    meaning: 'There is no such record, or no longer.',
    fix: 'When clearing up this does no harm. Otherwise see who else writes to this zone.',
  },
  'rate-limited': {
    meaning: 'Too many requests in too short a time.',
    fix: 'Wait and try again; ask for fewer names at once, or less often.',
  },
  failed: {
    meaning: 'The API did not do what it was asked.',
    fix: 'Read what it answered. When it is trouble of its own, try again later.',
  },
}

/** Codes fit whole. */
const fits = ({ code, message }: DnsErrorRow, error: Pick<DnsError, 'code' | 'message'>): boolean =>
  (code === undefined || (typeof code === 'string' ? code === error.code : code.test(error.code))) &&
  (message === undefined || message.test(error.message))

/**
 * An error in the provider's words and in ours.
 * @param status of the answer that holds it
 * @param missing what a 404 means
 */
export function explainError(
  rows: readonly DnsErrorRow[],
  error: Pick<DnsError, 'code' | 'message'>,
  status: number,
  missing: DnsErrorKind,
): DnsError {
  const row = rows.find((one) => fits(one, error))
  const kind = row?.kind ?? (status === 404 ? missing : (KINDS.get(status) ?? 'failed'))
  const { meaning, fix } = WORDS[kind]
  return { kind, code: error.code, message: error.message, meaning: row?.meaning ?? meaning, fix: row?.fix ?? fix }
}

/** A refusal that gives no reason but its status. */
export const refusal = (status: number, missing: DnsErrorKind): DnsError =>
  explainError([], { code: String(status), message: '' }, status, missing)

const KINDS: ReadonlyMap<number, DnsErrorKind> = new Map([
  [401, 'unauthorized'],
  [403, 'unauthorized'],
  [409, 'record-exists'],
  [429, 'rate-limited'],
])
