/** What the HTTP interface refuses, and every other error, as an `ApiError`: a code, a why and a fix, never a stack. */
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ApiError } from '../../shared/api.ts'
import { Trouble } from '../errors.ts'
import { StoreFailure, type StoreFailureCode } from '../store/failure.ts'

interface RefusalRow {
  readonly status: ContentfulStatusCode
  readonly message: string
  readonly fix: string
}

export const REFUSALS = {
  'foreign-host': {
    status: 403,
    message: 'This address is not one of the recorder’s own.',
    fix: 'Open the address the recorder printed when it started.',
  },
  'foreign-origin': {
    status: 403,
    message: 'Another site asked for this change.',
    fix: 'Make it from the recorder’s own page.',
  },
  'token-needed': {
    status: 401,
    message: 'This recorder listens beyond its own machine and wants its token.',
    fix: 'Open the address with the token that the recorder printed when it started.',
  },
  'no-such-path': {
    status: 404,
    message: 'There is nothing here.',
    fix: 'See the documentation of the HTTP interface.',
  },
  'recording-not-found': {
    status: 404,
    message: 'There is no such recording.',
    fix: 'Choose one of the list; it may have been deleted.',
  },
  'exchange-not-found': {
    status: 404,
    message: 'There is no such exchange in this recording.',
    fix: 'Choose one of the list.',
  },
  'example-unchangeable': {
    status: 409,
    message: 'An example ships with the tool and cannot be changed.',
    fix: 'Export it and import the file to have a copy of your own.',
  },
  'note-not-found': {
    status: 404,
    message: 'There is no such note.',
    fix: 'It may have been deleted in another window.',
  },
  'note-not-understood': {
    status: 400,
    message: 'A note has text of at most 64 kB.',
    fix: 'Shorten it, or write several.',
  },
  'notes-full': {
    status: 409,
    message: 'This recording has as many notes as it can hold: 500, or 2 MB of text.',
    fix: 'Delete some, or put several into one.',
  },
  'nothing-recorded': {
    status: 409,
    message: 'Nothing was recorded yet, so there is nothing to write on.',
    fix: 'Write it when the first request is there.',
  },
  'recording-live': {
    status: 409,
    message: 'This recording is being written.',
    fix: 'Start a new recording first, and let its last exchange end.',
  },
  'request-not-understood': {
    status: 400,
    message: 'The request does not say what it must.',
    fix: 'See the documentation of the HTTP interface.',
  },
  'format-unknown': {
    status: 400,
    message: 'There is no such export format.',
    fix: 'Ask for format=har.',
  },
  'file-not-understood': {
    status: 422,
    message: 'This file is not HAR 1.2.',
    fix: 'Export it again as HAR.',
  },
  'file-too-large': {
    status: 413,
    message: 'This file is larger than the recorder takes.',
    fix: 'Split it, or keep only the hosts that matter.',
  },
  'page-missing': {
    status: 503,
    message: 'The page was not built.',
    fix: 'Run npm run build.',
  },
  'store-unusable': {
    status: 503,
    message: 'The recordings cannot be read or written.',
    fix: 'See what the recorder printed; the disk may be full or the file damaged.',
  },
  'store-locked': {
    status: 503,
    message: 'Another program holds the recordings.',
    fix: 'Try again when it is done; what is recorded meanwhile is written then.',
  },
  'disk-full': {
    status: 507,
    message: 'There is no space left for the recordings.',
    fix: 'Make room on the recorder’s disk. Until then nothing more is kept.',
  },
  'store-damaged': {
    status: 503,
    message: 'The file of the recordings is damaged.',
    fix: 'Export what can still be opened, stop the recorder, and move acmescope.db out of its folder.',
  },
  unexpected: {
    status: 500,
    message: 'The recorder failed at this.',
    fix: 'Run it with DEBUG=acmescope* for details.',
  },
} as const satisfies Record<string, RefusalRow>

export type RefusalCode = keyof typeof REFUSALS

/** Thrown by a route; `detail` follows the message where it says more. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode

  constructor(code: RefusalCode, detail = '') {
    super(detail === '' ? REFUSALS[code].message : `${REFUSALS[code].message} ${detail}`)
    this.code = code
  }
}

const BY_STORE_FAILURE: { readonly [Code in StoreFailureCode]?: RefusalCode } = {
  'recording-live': 'recording-live',
  locked: 'store-locked',
  full: 'disk-full',
  corrupted: 'store-damaged',
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof StoreFailure) return new Refusal(BY_STORE_FAILURE[error.code] ?? 'store-unusable')
  if (error instanceof Trouble && error.code in REFUSALS) return new Refusal(error.code as RefusalCode, error.message)
  return new Refusal('unexpected')
}

export interface Refused {
  readonly status: ContentfulStatusCode
  readonly body: ApiError
}

/** Any error whatever as an answer. */
export function toRefused(error: unknown): Refused {
  const { code, message } = toRefusal(error)
  const { status, fix } = REFUSALS[code]
  return { status, body: { error: { code, message, fix } } }
}
