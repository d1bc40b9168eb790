/** What each phase is for, in a sentence of ours: a row for each. */
import type { Phase } from '../model.ts'

export const phasePurposes: Readonly<Record<Phase, string>> = {
  directory: 'The client learns where everything is',
  account: 'The client makes itself known by its key',
  order: 'The client asks for a certificate for its names',
  authorization: 'The CA says how each name can be proven',
  provisioning: 'The client puts the proofs in place',
  validation: 'The CA looks at the proofs',
  cleanup: 'The client takes the proofs away again',
  finalization: 'The client sends the key to be certified, in a CSR',
  certificate: 'The client collects its certificate',
  revocation: 'The certificate is taken back before its time',
  renewal: 'The client asks when to renew',
}
