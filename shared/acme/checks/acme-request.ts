/** Which requests are ACME's, and which of them have to be signed. */
import { roleOf } from '../fold/lanes.ts'
import type { Operation, Step } from '../model.ts'

/** To a CA that is known, or signed as only ACME's requests are: the recording may begin after the directory was read. */
export function isAcme({ to, decoded: { jws } }: Step): boolean {
  return roleOf(to) === 'ca' || (jws?.header != null && 'nonce' in jws.header && 'url' in jws.header)
}

const OPEN: ReadonlySet<Operation> = new Set(['directory', 'newNonce', 'renewalInfo', 'other'])

/** RFC 8555 §6.2, §6.3: all but the directory, a nonce and renewal information; of an unknown resource nobody can say. */
export const mustBeSigned = (step: Step): boolean => roleOf(step.to) === 'ca' && !OPEN.has(step.operation)
