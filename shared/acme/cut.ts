/**
 * Values that somebody shortened or replaced before publishing a recording: `BbR...E1I`, `<nonce_1>`, `[redacted]`.
 * They say nothing of what was sent, so nothing that depends on them is judged.
 */

const CUT = /\.\.\.|…|<[^<>]{0,64}>|\*\*\*|\[redacted\]|^redacted$/i

/** Long enough for a mark anywhere in a key or a nonce; a whole body is not searched. */
const MAX_LENGTH = 64 * 1024

export const isCutText = (value: string): boolean => CUT.test(value.slice(0, MAX_LENGTH))
