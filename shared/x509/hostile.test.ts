// Whatever the octets: no reader here throws outward, hangs, or takes more than linear time.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCsr, makeKeys, makeLeaf, makeRoot, toPem as pemOf } from '../../test/synthetic/materials.ts'
import { readCertificates } from './certificate.ts'
import { readCsrBase64url } from './csr.ts'
import { TAG } from './der.ts'
import { readDetails } from './details.ts'
import { canonicalIp, showIp } from './ip.ts'
import { judgeChain, judgeCsr } from './judge.ts'
import { toPem } from './octets.ts'
import { derOf } from './pem.ts'
import { toText } from './to-text.ts'
import { readOid, readTime } from './values.ts'

const base64url = (der: Uint8Array): string => Buffer.from(der).toString('base64url')

/** Everything that is ever done with a certificate's octets, in all of its forms. Throws only if one of them does. */
async function throughCertificate(der: Uint8Array): Promise<number> {
  const pem = toPem('CERTIFICATE', der)
  const { chain, errors } = readCertificates(pem + pem)
  expect(chain.length + errors.length).toBe(2)
  for (const member of await judgeChain(chain)) expect(JSON.stringify(member)).toBeTypeOf('string')
  readDetails({ pem })
  expect(toText({ pem }).length).toBeGreaterThan(0)
  return chain.length
}

async function throughRequest(der: Uint8Array): Promise<boolean> {
  const csr = readCsrBase64url(base64url(der))
  const pem = toPem('CERTIFICATE REQUEST', der)
  readDetails({ pem })
  expect(toText({ pem }).length).toBeGreaterThan(0)
  if ('error' in csr) return false
  const { signature } = await judgeCsr(csr)
  expect(['valid', 'invalid', 'unverifiable']).toContain(signature.status)
  return true
}

const headOf = (tag: number, length: number): Buffer =>
  Buffer.from(length < 0x80 ? [tag, length] : [tag, 0x83, length >> 16, (length >> 8) & 255, length & 255])

/** tag, length, content. */
function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([headOf(tag, content.length), content])
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => tlv(TAG.sequence, ...contents)
const oid = (hex: string): Buffer => tlv(TAG.oid, Buffer.from(hex, 'hex'))
const ECDSA = sequence(oid('2a8648ce3d040302'))

interface Parts {
  readonly serial?: Uint8Array
  readonly subject?: Uint8Array
  readonly times?: readonly string[]
  readonly key?: Uint8Array
  readonly extensions?: readonly Uint8Array[]
}

const NAME = sequence(tlv(TAG.set, sequence(oid('550403'), tlv(0x0c, Buffer.from('x')))))
const KEY = sequence(sequence(oid('2b6570')), tlv(TAG.bitString, Buffer.alloc(33)))

/** A certificate that is whole, but for what is put into it. */
function built({ serial = Uint8Array.of(1), subject = NAME, times, key = KEY, extensions = [] }: Parts): Buffer {
  const validity = (times ?? ['260101000000Z', '270101000000Z']).map((time) => tlv(TAG.utcTime, Buffer.from(time)))
  const version = tlv(0xa0, tlv(TAG.integer, Uint8Array.of(2)))
  const rest = extensions.length ? [tlv(0xa3, sequence(...extensions))] : []
  const fields = [version, tlv(TAG.integer, serial), ECDSA, NAME, sequence(...validity), subject, key, ...rest]
  return sequence(sequence(...fields), ECDSA, tlv(TAG.bitString, Uint8Array.of(0, 1, 2, 3)))
}

const extension = (id: string, value: Uint8Array): Buffer => sequence(oid(id), tlv(TAG.octetString, value))

describe('octets made at random or damaged', () => {
  let certificate: Uint8Array
  let request: Uint8Array

  beforeAll(async () => {
    const keys = await makeKeys()
    const leaf = await makeLeaf(['a.example.test', '192.0.2.7'], keys.publicKey, await makeRoot('Root', 0), 0)
    certificate = derOf(pemOf([leaf]))
    request = Buffer.from(await makeCsr(['a.example.test'], keys, 'a.example.test'), 'base64url')
  })

  it('are read when they are whole', async () => {
    expect(await throughCertificate(certificate)).toBe(2)
    expect(await throughRequest(request)).toBe(true)
  })

  it('at random', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (octets) => {
        await throughCertificate(octets)
        await throughRequest(octets)
      }),
    ))

  it('cut at every place', async () => {
    for (let at = 0; at < certificate.length; at++) expect(await throughCertificate(certificate.slice(0, at))).toBe(0)
    for (let at = 0; at < request.length; at++) expect(await throughRequest(request.slice(0, at))).toBe(false)
  })

  it('with bits flipped', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), fc.nat(), fc.nat(255), async (one, bit, other, octet) => {
        for (const [der, through] of [
          [certificate, throughCertificate],
          [request, throughRequest],
        ] as const) {
          const changed = der.slice()
          changed[one % der.length] = (changed[one % der.length] ?? 0) ^ (1 << bit)
          changed[other % der.length] = octet
          await through(changed)
        }
      }),
      { numRuns: 1000 },
    ))

  it('with octets put in or taken out', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(40), fc.uint8Array({ maxLength: 40 }), async (place, taken, put) => {
        const at = place % certificate.length
        await throughCertificate(Buffer.concat([certificate.slice(0, at), put, certificate.slice(at + taken)]))
        await throughRequest(Buffer.concat([request.slice(0, at), put, request.slice(at + taken)]))
      }),
      { numRuns: 500 },
    ))

  it('random values in every extension we know', () => {
    const ids = ['551d0e', '551d0f', '551d10', '551d11', '551d12', '551d13', '551d1e', '551d1f', '551d20', '551d21']
    const more = ['551d23', '551d24', '551d25', '551d2e', '551d36', '2b06010505070101', '2b0601050507010b']
    const rest = [
      '2b06010505070118',
      '2b0601050507011f',
      '2b06010401d679020402',
      '6086480186f8420101',
      '6086480186f842010d',
    ]
    return fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ids, ...more, ...rest),
        fc.constantFrom(TAG.sequence, TAG.octetString, TAG.bitString, 0xa0, 0x82, 0x16),
        fc.uint8Array({ maxLength: 60 }),
        fc.boolean(),
        async (id, tag, octets, wrapped) => {
          const value = wrapped ? tlv(tag, octets) : octets
          expect(await throughCertificate(built({ extensions: [extension(id, value)] }))).toBe(2)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('structures made to hurt', () => {
  /** `depth` constructed elements, each all of the one before. */
  function nested(depth: number, tag: number): Buffer {
    const parts: Buffer[] = []
    for (let length = 0, level = 0; level < depth; level++) {
      const head = headOf(tag, length)
      parts.push(head)
      length += head.length
    }
    return Buffer.concat(parts.toReversed())
  }

  it.each([
    ['as the certificate', (deep: Buffer) => deep],
    ['as its subject', (deep: Buffer) => built({ subject: deep })],
    ['as its key', (deep: Buffer) => built({ key: deep })],
    ['in an extension that nobody knows', (deep: Buffer) => built({ extensions: [extension('2a0304', deep)] })],
    ['in a subjectAltName', (deep: Buffer) => built({ extensions: [extension('551d11', deep)] })],
    ['as a directory name', (deep: Buffer) => built({ extensions: [extension('551d11', sequence(tlv(0xa4, deep)))] })],
    ['as name constraints', (deep: Buffer) => built({ extensions: [extension('551d1e', deep)] })],
  ])('nested ten thousand deep %s', async (_where, build) => {
    for (const tag of [TAG.sequence, 0xa0, 0xa4]) {
      const der = build(nested(10_000, tag))
      await throughCertificate(der)
      await throughRequest(der)
    }
  })

  it.each(['3080', '30800000', '3084ffffffff', '3083ffffff', '30ff', '1f8180', '3000', '', '0500'])(
    'lengths that lie or are not DER: %s',
    async (hex) => {
      expect(await throughCertificate(Buffer.from(hex, 'hex'))).toBe(0)
      expect(await throughRequest(Buffer.from(hex, 'hex'))).toBe(false)
    },
  )

  it('object identifiers beyond all measure', () => {
    expect(readOid(Buffer.alloc(100_000, 0xff))).toMatch(/^not an object identifier \(FF:FF/)
    expect(readOid(Buffer.alloc(100_000, 0x01))).toMatch(/^not an object identifier/)
    expect(readOid(Buffer.alloc(0))).toMatch(/^not an object identifier/)
    expect(readOid(Buffer.from('80', 'hex'))).toMatch(/^not an object identifier/)
    // 2.25 and a UUID (X.667 §7): the largest arc that is in use.
    expect(readOid(Buffer.from('698280ffffffffffffffffffffffffffffffff7f', 'hex'))).toMatch(/^2\.25\.\d+$/)
    expect(readOid(Buffer.from('8837', 'hex'))).toBe('2.999')
  })

  it('dates that are none are shown as they stand', async () => {
    const der = built({ times: ['261332250000Z', 'yesterday\n'] })
    const [certificate] = readCertificates(toPem('CERTIFICATE', der)).chain
    expect(certificate).toMatchObject({ notBefore: 'not a time: 261332250000Z', notAfter: 'not a time: yesterday\\0A' })
    expect(toText({ pem: toPem('CERTIFICATE', der) }).join('\n')).toContain('Not Before: Bad time value')
    const time = (text: string) =>
      readTime({ tag: TAG.generalizedTime, content: Buffer.from(text), raw: Buffer.alloc(0) })?.toISOString()
    expect(time('20260229000000Z')).toBeUndefined()
    expect(time('00010101000000Z')).toBe('0001-01-01T00:00:00.000Z')
    expect(time('99991231235959Z')).toBe('9999-12-31T23:59:59.000Z')
    await throughCertificate(der)
  })

  it.each([
    ['ff', '-01'],
    ['80', '-80'],
    ['0080', '80'],
    ['00', '00'],
    ['ff00000000', '-01:00:00:00:00'],
    ['', ''],
  ])('the serial number %s is %s', async (hex, shown) => {
    const der = built({ serial: Buffer.from(hex, 'hex') })
    expect(readCertificates(toPem('CERTIFICATE', der)).chain[0]?.serial).toBe(shown)
    expect(await throughCertificate(der)).toBe(2)
  })

  it('control characters and changes of direction in names cannot shape a line', () => {
    const subject = sequence(tlv(TAG.set, sequence(oid('550403'), tlv(0x0c, Buffer.from('a\nb\u202ec\0d')))))
    const names = sequence(tlv(0x82, Buffer.from('a.test\0.evil.test\r\nX: y')))
    const der = built({ subject, extensions: [extension('551d11', names)] })
    const [certificate] = readCertificates(toPem('CERTIFICATE', der)).chain
    expect(certificate?.subject).toBe('CN=a\\0Ab\\E2\\80\\AEc\\00d')
    expect(certificate?.sans).toEqual(['a.test\\00.evil.test\\0D\\0AX: y'])
  })
})

describe('ten megabytes', () => {
  const LARGE = 10 * 1024 * 1024
  /** Seconds; it takes a small part of one, and something superlinear takes hours. */
  const LIMIT = 10_000

  it.each([
    ['zeroes', Buffer.alloc(LARGE)],
    ['empty elements', Buffer.alloc(LARGE, Buffer.from('3000', 'hex'))],
    ['one element', tlv(TAG.sequence, Buffer.alloc(LARGE - 10))],
  ])('of %s', { timeout: LIMIT }, async (_what, octets) => {
    expect(await throughCertificate(octets)).toBe(0)
    expect(await throughRequest(octets)).toBe(false)
  })

  it.each([
    ['of BEGIN lines', '-----BEGIN CERTIFICATE-----\n'],
    ['of white space', ' \n'],
    ['of dashes', '-'],
    ['of blocks', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'],
  ])('of PEM %s', { timeout: LIMIT }, (_what, piece) => {
    const text = `-----BEGIN CERTIFICATE-----${piece.repeat(LARGE / piece.length)}`
    const { chain, errors } = readCertificates(text)
    expect(chain).toEqual([])
    expect(errors.length).toBeLessThan(64)
  })

  it('as many names, attributes and extensions as fit', { timeout: LIMIT }, async () => {
    const many = (piece: Buffer) => Buffer.alloc(Math.floor(200_000 / piece.length) * piece.length, piece)
    const attribute = tlv(TAG.set, sequence(oid('550403'), tlv(0x0c, Buffer.from('x'))))
    const names = extension('551d11', sequence(many(tlv(0x82, Buffer.from('a')))))
    const policies = extension('551d20', sequence(many(sequence(oid('2a')))))
    expect(await throughCertificate(built({ subject: sequence(many(attribute)) }))).toBe(2)
    expect(await throughCertificate(built({ extensions: [names] }))).toBe(2)
    expect(await throughCertificate(built({ extensions: [policies] }))).toBe(2)
    expect(await throughCertificate(built({ extensions: [many(extension('2a0304', Buffer.alloc(1)))] }))).toBe(2)
    expect(await throughCertificate(built({ serial: Buffer.alloc(200_000, 0x7f) }))).toBe(2)
    expect(await throughCertificate(built({ serial: Buffer.alloc(200_000, 0xff) }))).toBe(2)
  })

  it('a key too long to be anybody’s', { timeout: LIMIT }, async () => {
    const number = tlv(TAG.integer, Buffer.alloc(100_000, 0x7f))
    const bits = tlv(TAG.bitString, Buffer.concat([Buffer.from([0]), sequence(number, number)]))
    const key = sequence(sequence(oid('2a864886f70d010101')), bits)
    expect(await throughCertificate(built({ key }))).toBe(2)
  })
})

describe('an IP address', () => {
  it.each([
    ['2001:0DB8:0:0:0:0:0:0007', '2001:db8::7'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['192.0.2.7', '192.0.2.7'],
  ])('%s is spelt %s', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical)
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.256',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    'g::',
    'example.test',
  ])('%j is none', (text) => {
    expect(canonicalIp(text)).toBeNull()
  })

  it('comes back from its own spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (octets) => {
        const text = showIp(octets)
        expect(canonicalIp(text ?? '')).toBe(text)
      }),
    )
  })
})
