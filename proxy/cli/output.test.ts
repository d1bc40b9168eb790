import { afterEach, expect, test, vi } from 'vitest'
import { say } from './output.ts'

afterEach(() => vi.restoreAllMocks())

test('captured words cannot steer the terminal', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  say('a\u001b[2Jb\u009b31m\r\tc\nd')
  expect(write).toHaveBeenCalledWith('a\uFFFD[2Jb\uFFFD31m\uFFFD\tc\nd\n')
})
