// Whatever a CA or a DNS provider says: it is told, briefly, without its secrets, and costs no time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../shared/exchange.ts'
import type { Finding } from '../../shared/finding.ts'
import { failedProof } from './cases/case.ts'
import { findingsOf } from './judge.ts'
import { issued, type Stage } from './scenarios.ts'
import { problem } from './world.ts'

/** A larger answer is not read as JSON at all. */
const LARGE = 200_000
const STAGES: readonly Stage[] = [
  'register',
  'order',
  'fetchAuthorizations',
  'answer',
  'finalize',
  'pollOrder',
  'fetchCertificate',
]
const TYPES = [
  ...[
    'accountDoesNotExist',
    'alreadyReplaced',
    'badCSR',
    'badNonce',
    'badPublicKey',
    'caa',
    'compound',
    'connection',
    'dns',
  ],
  ...['externalAccountRequired', 'incorrectResponse', 'invalidProfile', 'malformed', 'orderNotReady', 'rateLimited'],
  ...[
    'rejectedIdentifier',
    'serverInternal',
    'tls',
    'unauthorized',
    'userActionRequired',
    '__proto__',
    'constructor',
    '',
  ],
]

/** What rules look for, damaged and repeated. */
const detail = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'retry after 9999-99-99 99:99:99 UTC',
    'retry after 2026-01-02 12:00:00',
    `Incorrect TXT record "${'"'.repeat(5000)}`,
    `Error retrieving TXT records${' x'.repeat(50_000)}`,
    `account${' '.repeat(100_000)}deactivated`,
    `Invalid response from ${':'.repeat(50_000)} 404`,
    `${'?jwt='.repeat(10_000)}`,
    'x'.repeat(LARGE),
  ),
)

const wordsOf = ({ title, explanation, fix }: Finding): string => `${title}\n${explanation}\n${fix}`

async function short(facts: readonly Fact[]): Promise<readonly Finding[]> {
  const findings = await findingsOf(facts)
  for (const finding of findings) {
    expect(finding.title.length).toBeLessThan(700)
    expect(wordsOf(finding).length).toBeLessThan(4000)
  }
  return findings
}

describe('a CA that says what it likes', () => {
  it('in an answer: the exchange is spoken of, whatever the type, the detail and the status', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...STAGES),
        fc.constantFrom(...TYPES),
        detail,
        fc.integer({ min: 400, max: 599 }),
        fc.constantFrom('', '0', '999999999', 'soon', 'Fri, 02 Jan 2026 13:00:00 GMT'),
        async (stage, type, words, status, retryAfter) => {
          const headers = retryAfter === '' ? [] : ([['Retry-After', retryAfter]] as const)
          const { facts } = await issued({ bend: { [stage]: problem(type, words, { status, headers }) } })
          const refused = facts.find((fact) => fact.kind === 'exchange' && fact.response?.status === status)
          const told = (await short(facts)).flatMap(({ exchanges }) => exchanges)
          expect(told).toContain(refused?.id)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('in a challenge: it is spoken of, whatever the record of its visit holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('http-01', 'dns-01', 'tls-alpn-01'),
        fc.constantFrom(...TYPES.filter((type) => type !== '')),
        detail,
        fc.jsonValue(),
        async (challenge, type, words, junk) => {
          const record = { addressUsed: junk, addressesResolved: junk, url: words, hostname: junk, port: junk }
          const more = { validated: junk, validationRecord: [record, junk] }
          const { facts, world, order } = await failedProof(problem(type, words), { challenge, more })
          const { url } = world.challengeOf(order.authorizations[0] as never)
          expect((await short(facts)).map(({ object }) => object)).toContain(url)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('in hundreds of subproblems and long names', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `${'n'.repeat(200)}${index}.example.test`)
    const subproblems = names.map((value) => ({
      type: 'urn:ietf:params:acme:error:rejectedIdentifier',
      detail: value,
      identifier: { type: 'dns', value },
    }))
    const { facts } = await issued({ names, bend: { order: problem('compound', 'see below', { subproblems }) } })
    const found = await findingsOf(facts)
    expect(found.map(({ id }) => id)).toContain('order.identifier-rejected')
    for (const finding of found) expect(wordsOf(finding).length).toBeLessThan(12_000)
  })

  it('with the link that unpauses the account: it is nobody else’s', async () => {
    const link = 'https://portal.letsencrypt.org/sfe/v1/unpause?a=1&jwt=SECRET.SECRET.SECRET'
    const { facts } = await issued({ bend: { order: problem('rateLimited', `paused. Please visit: ${link}`) } })
    expect((await findingsOf(facts)).map(wordsOf).join()).not.toContain('SECRET')
  })
})
