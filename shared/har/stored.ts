/**
 * The `_acmescope` members of a HAR we wrote: what HAR 1.2 has no field for, so that a recording comes back whole.
 * Written by write.ts, believed by read.ts only as far as these schemas allow.
 */
import { z } from 'zod'
import { publicKey } from '../acme/jws/jwk.ts'
import type { JsonObject } from '../acme/model.ts'
import { CONNECTION_OUTCOMES, FAILURE_STAGES } from '../exchange.ts'
import { isNoteLength } from '../recording.ts'

/** Raised when a reader of the previous format would misunderstand the new one. */
export const FORMAT = 1

const id = z.string().regex(/^[\w.:-]{1,128}$/)
const sequence = z.int().min(1)
const instant = z.iso.datetime({ precision: 3 })
const milliseconds = z.number().min(0).max(1e12)

const client = z.object({
  address: z.string().nullable(),
  port: z.int().nullable(),
  process: z.string().exactOptional(),
})

const names = z.array(z.string()).readonly()

const clientTls = z.object({
  version: z.string().exactOptional(),
  alpn: z.string().exactOptional(),
  sni: z.string().exactOptional(),
  ja4: z.string().exactOptional(),
  offered: z.object({ versions: names, ciphers: names }).exactOptional(),
})

const upstreamTls = z.object({
  version: z.string().exactOptional(),
  peerCertificate: z.string().exactOptional(),
})

const bytes = z.object({ sent: z.number(), received: z.number() })
const failure = z.object({ stage: z.enum(FAILURE_STAGES), code: z.string(), message: z.string() })

/** The kind of a body; its text is where HAR puts it. */
const body = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['empty', 'text', 'base64']) }),
  z.object({ kind: z.literal('omitted'), bytes: z.number().min(0).nullable(), reason: z.string() }),
])

export const storedExchange = z.object({
  id,
  sequence,
  state: z.enum(['in progress', 'complete', 'cut off']),
  inbound: z.literal('http-01').exactOptional(),
  client,
  timings: z.object({
    send: milliseconds.exactOptional(),
    wait: milliseconds.exactOptional(),
    receive: milliseconds.exactOptional(),
    total: milliseconds.exactOptional(),
  }),
  tls: z.object({ client: clientTls.exactOptional(), upstream: upstreamTls.exactOptional() }).exactOptional(),
  failure: failure.exactOptional(),
  request: z.object({ body }),
  /** Null when nothing was answered: HAR's response is then made up. */
  response: z.object({ body }).nullable(),
})

const storedConnection = z.object({
  kind: z.literal('connection'),
  id,
  sequence,
  startedAt: instant,
  client,
  state: z.literal('complete'),
  outcome: z.enum(CONNECTION_OUTCOMES),
  host: z.string().nullable(),
  port: z.int().nullable(),
  tls: clientTls.exactOptional(),
  failure: failure.exactOptional(),
  bytes: bytes.exactOptional(),
  unwritten: z.int().min(1).exactOptional(),
})

const observation = {
  kind: z.literal('observation'),
  id,
  sequence,
  startedAt: instant,
  client,
  state: z.literal('complete'),
}

const storedObservation = z.discriminatedUnion('subject', [
  z.object({
    ...observation,
    subject: z.literal('dns'),
    detail: z.object({
      name: z.string(),
      writtenBy: id,
      zone: z.string().nullable(),
      server: z.object({ name: z.string().nullable(), address: z.string() }).nullable(),
      code: z.string(),
      values: z.array(z.string()),
      took: milliseconds.nullable(),
    }),
  }),
  z.object({
    ...observation,
    subject: z.literal('validation'),
    detail: z.object({
      challenge: z.literal('tls-alpn-01'),
      sni: z.string().nullable(),
      alpn: z.array(z.string()),
      bytes,
      failure: failure.exactOptional(),
    }),
  }),
])

/** Facts that are no exchange have no entry in a HAR; they are kept whole. */
export const storedFact = z.discriminatedUnion('kind', [storedConnection, storedObservation])

export const storedRecording = z.object({
  name: z.string().min(1),
  startedAt: instant,
  endedAt: instant.exactOptional(),
  source: z.enum(['live', 'import']),
  toolVersion: z.string(),
})

/** The key of an account, learnt in another recording. */
export const storedKey = z.object({
  account: z.string().min(1).max(2048),
  jwk: z.custom<JsonObject>((jwk) => publicKey(jwk) !== null).transform((jwk) => publicKey(jwk) ?? jwk),
  recording: id,
  exchange: id,
})

/** What a person wrote; as long as the store takes it. */
export const storedNote = z.object({
  id,
  exchange: id.nullable(),
  text: z.string().min(1).refine(isNoteLength),
  writtenAt: instant,
  editedAt: instant.exactOptional(),
})

export type StoredBody = z.infer<typeof body>
export type StoredExchange = z.infer<typeof storedExchange>
export type StoredFact = z.infer<typeof storedFact>
export type StoredRecording = z.infer<typeof storedRecording>
