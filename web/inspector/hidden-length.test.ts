import { expect, test } from 'vitest'
import { hiddenLength } from './hidden-length.ts'

test.each([
  ['Bearer <bearer_token_1>', 'Bearer abcdefgh', 8],
  ['<api_key_1>', 'abc', 3],
  ['same', 'same', 0],
  ['a=<cookie_1>; Path=/', 'a=12345; Path=/', 5],
])('%s stands for %s', (shown, original, length) => expect(hiddenLength(shown, original)).toBe(length))
