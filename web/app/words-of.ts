/** What went wrong between the page and the recorder, in words a person can act on. */
import { ApiFailure } from '../source/api.ts'

export const wordsOf = (error: unknown): string =>
  error instanceof ApiFailure
    ? `${error.message} ${error.fix}`.trim()
    : 'The recorder does not answer. Try again when it is back.'
