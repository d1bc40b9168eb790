// What a forwarder of `--validation` does, and what it did, in a line.
import type { Forwarding } from '../observe/validation/validation.ts'

export const startedWords = ({ way, listensOn, to }: Forwarding, isWide: boolean): string =>
  `what comes to ${listensOn}${isWide ? ', from other machines as well,' : ''} goes on to ${to}; ${way} validations among it are recorded`

export function endedWords({ way, listensOn, validations, others }: Forwarding): string {
  const came = validations === 0 ? 'no validation came' : `${many(validations, 'validation')} came`
  const rest = others === 0 ? '' : `; ${many(others, way === 'http-01' ? 'other request' : 'other connection')} passed`
  return `${came} to ${listensOn} (${way})${rest}`
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
