/**
 * Of the TLS handshakes that come to a challenge port for tls-alpn-01, those that ask for a proof are told: their hello,
 * which is all that can be read, how much passed, and whether the server refused in the clear.
 */
import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { getExtensionData, readTlsClientHello } from 'read-tls-client-hello'
import { offersAlpnProof } from '../../../shared/acme/proof/inbound.ts'
import type { Failure, ValidationObservation } from '../../../shared/exchange.ts'
import type { End, Witness, WitnessOptions } from './witness.ts'

type Hello = Pick<ValidationObservation['detail'], 'sni' | 'alpn'>

/** RFC 8446 section 5.1: type, version, length; then at most 2^14 bytes. */
const RECORD_HEAD = 5
const MAX_RECORD = 16_384
const HANDSHAKE = 22
const ALERT = 21
/** A name or protocol is longer in no honest hello (RFC 6066 section 3, RFC 7301 section 3.1). */
const MAX_NAME = 255
const MAX_PROTOCOLS = 50

export function watchHello(options: WitnessOptions): Witness {
  const startedAt = new Date().toISOString()
  const bytes = { sent: 0, received: 0 }
  const first = collectRecord(HANDSHAKE)
  const answer = collectRecord(ALERT)
  let hello: Promise<Hello | null> | null = null
  /** Undefined: not known yet. */
  let isProof: boolean | undefined
  const hear = (record: Buffer | null): void => {
    hello = record === null ? Promise.resolve(null) : readHello(record)
    void hello.then((said) => {
      isProof = said !== null && offersAlpnProof(said.alpn) && options.mayTell()
      options.counts[isProof ? 'validations' : 'others']++
    })
  }
  return {
    sent(chunk) {
      bytes.sent += chunk.length
      if (hello !== null) return
      const record = first(chunk)
      if (record !== undefined) hear(record)
    },
    received(chunk) {
      bytes.received += chunk.length
      answer(chunk)
    },
    serverEnded: () => undefined,
    hasHeard: () => hello !== null,
    isBusy: () => isProof === true,
    async ended(end) {
      if (hello === null) hear(null)
      const said = await hello
      // A turn later than the above, which counts it.
      await Promise.resolve()
      if (said === null || isProof !== true) return
      isProof = false
      const failure = failureOf(end) ?? alertIn(answer(NOTHING) ?? null)
      options.onFact(toObservation(said, { startedAt, client: options.client, bytes, failure }))
    },
  }
}

const NOTHING = Buffer.alloc(0)

/** Gives the first record once it is whole, null where what came is none of that type; undefined until then. */
function collectRecord(type: number): (chunk: Buffer) => Buffer | null | undefined {
  let held = NOTHING
  let found: Buffer | null | undefined
  return (chunk) => {
    if (found !== undefined) return found
    held = Buffer.concat([held, chunk.subarray(0, RECORD_HEAD + MAX_RECORD - held.length)])
    const length = held.length < RECORD_HEAD ? MAX_RECORD : held.readUInt16BE(3)
    if (held.length > 0 && (held[0] !== type || length > MAX_RECORD)) found = null
    else if (held.length >= RECORD_HEAD + length) found = held.subarray(0, RECORD_HEAD + length)
    return found
  }
}

async function readHello(record: Buffer): Promise<Hello | null> {
  const stream = new PassThrough()
  stream.on('error', () => undefined).end(record)
  try {
    const hello = await readTlsClientHello(stream)
    const protocols = getExtensionData(hello, 'alpn')?.protocols ?? []
    return {
      sni: getExtensionData(hello, 'sni')?.serverName?.slice(0, MAX_NAME) ?? null,
      alpn: protocols.slice(0, MAX_PROTOCOLS),
    }
  } catch {
    return null
  }
}

interface Told extends Pick<ValidationObservation, 'startedAt' | 'client'> {
  readonly bytes: ValidationObservation['detail']['bytes']
  readonly failure: Failure | undefined
}

const toObservation = (hello: Hello, { startedAt, client, bytes, failure }: Told): ValidationObservation => ({
  kind: 'observation',
  id: randomUUID(),
  sequence: 0,
  startedAt,
  state: 'complete',
  client,
  subject: 'validation',
  detail: { challenge: 'tls-alpn-01', ...hello, bytes: { ...bytes }, ...(failure ? { failure } : {}) },
})

const failureOf = (end: End): Failure | undefined => (end.by === 'failure' ? end.failure : undefined)

/** RFC 8446 section 6; what a server says of a hello it does not like. */
const ALERTS: Readonly<Record<number, string>> = {
  40: 'handshake_failure',
  47: 'illegal_parameter',
  50: 'decode_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  112: 'unrecognized_name',
  120: 'no_application_protocol',
}

/** An alert in answer to the hello goes unencrypted. */
function alertIn(record: Buffer | null): Failure | undefined {
  const code = record?.[RECORD_HEAD + 1]
  if (record?.length !== RECORD_HEAD + 2 || code === undefined) return undefined
  const name = ALERTS[code] ?? `alert ${code}`
  return {
    stage: 'upstream-tls',
    code: name.toUpperCase().replaceAll(' ', '_'),
    message: `the TLS server at the challenge port refused the handshake: ${name}`,
  }
}
