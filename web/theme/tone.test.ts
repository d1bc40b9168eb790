import { expect, test } from 'vitest'
import { statusTone } from './tone.ts'

test.each([
  ['valid', 'ok'],
  ['invalid', 'bad'],
  ['asleep', 'plain'],
  ['constructor', 'plain'],
  ['__proto__', 'plain'],
  [null, 'plain'],
] as const)('an object that is %s is %s', (status, tone) => expect(statusTone(status)).toBe(tone))
