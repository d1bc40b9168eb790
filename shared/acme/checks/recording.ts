/** What the recording itself does not let us say. */
import type { Finding } from '../../finding.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry.ts'
import type { Evidence } from './evidence.ts'

export function checkRecording({ analysis: { steps } }: Evidence): readonly Finding[] {
  const cut = steps.filter(isCut)
  if (!cut.length) return []
  return [
    {
      id: 'recording.cut-values',
      severity: 'info',
      title: 'Values were cut from this recording',
      explanation: `In ${cut.length} of ${steps.length} steps the signature or the key was shortened or replaced, so they cannot be checked. That does not make them wrong.`,
      fix: 'Nothing to do. A recording made by acmescope itself keeps what is needed.',
      reference: reference('RFC 8555 §6.2'),
      exchanges: cut.map(({ exchange }) => exchange),
      object: null,
      consequenceOf: null,
    },
  ]
}

const isCut = ({ decoded }: Step): boolean => decoded.jws?.signature.reason.includes('shortened') === true
