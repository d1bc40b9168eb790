/** What every DNS provider's test asks, whatever its API. */
import { describe, expect, it } from 'vitest'
import type { DnsErrorKind, Provider } from '../../shared/dns/provider.ts'
import { everyHostile, readerOf, type Said } from './dns-said.ts'

export interface Suite {
  /** What is said, and what of the reading is expected. */
  readonly reads: Readonly<Record<string, readonly [said: Said, reading: object]>>
  /** What is answered to what, with which status; the code and the kind of the first error. */
  readonly refuses: readonly (readonly [
    said: Said,
    status: number,
    answered: unknown,
    code: string,
    kind: DnsErrorKind,
  ])[]
  /** Where bodies of every wrong shape are sent to, and come from. */
  readonly urls: readonly string[]
}

export function describeProvider(provider: Provider, { reads, refuses, urls }: Suite): void {
  const read = readerOf(provider)

  describe(provider.label, () => {
    it.each(Object.entries(reads).map(([what, [said, expected]]) => [what, said, expected] as const))(
      '%s',
      (_, said, expected) => {
        expect(read(said)).toMatchObject(expected)
      },
    )

    it.each(refuses)('refuses %j with %i %j: %s is %s', (said, status, answered, code, kind) => {
      const { accepted, found, errors } = read({ ...said, answered, status })
      expect([accepted, found, errors[0]?.code, errors[0]?.kind]).toEqual([false, null, code, kind])
      expect(errors.every(({ meaning, fix }) => meaning.endsWith('.') && fix.endsWith('.'))).toBe(true)
    })

    it.each([
      [401, 'unauthorized'],
      [403, 'unauthorized'],
      [429, 'rate-limited'],
      [502, 'failed'],
    ])('refuses with %i without saying why: %s', (status, kind) => {
      const { errors } = read({ url: 'https://api.test/', status, answered: '<html>no</html>' })
      expect(errors.map((error) => [error.kind, error.code, error.message])).toEqual([[kind, String(status), '']])
    })

    it('has a page for each operation, and each operation a page', () => {
      for (const { page, title } of provider.operations) {
        expect(URL.canParse(page.startsWith('https://') ? page : provider.docs + page)).toBe(true)
        expect(title).not.toBe('')
      }
    })

    it('never throws, whatever is said', () => {
      for (const said of everyHostile(provider, urls)) expect(() => read(said), JSON.stringify(said)).not.toThrow()
    })
  })
}
