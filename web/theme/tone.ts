/** One colour per outcome, used everywhere; a word or an icon always says the same, so colour is never alone. */

export type Tone = 'ok' | 'warn' | 'bad' | 'busy' | 'plain'

const tones: Readonly<Record<string, Tone>> = {
  valid: 'ok',
  issued: 'ok',
  ready: 'busy',
  pending: 'warn',
  processing: 'busy',
  invalid: 'bad',
  expired: 'plain',
  revoked: 'plain',
  deactivated: 'plain',
  canceled: 'plain',
}

/** Of an object's status, as sent; an unknown one is plain. */
export const statusTone = (status: string | null): Tone =>
  (status !== null && Object.hasOwn(tones, status) && tones[status]) || 'plain'

/** Of an HTTP status code; null: no answer. */
export function codeTone(status: number | null): Tone {
  if (status === null) return 'plain'
  if (status >= 400) return 'bad'
  return status >= 300 ? 'warn' : 'ok'
}
