/** HAR 1.2 as we write it. http://www.softwareishard.com/blog/har-12-spec/ */
import type { StoredKey } from '../acme/jws/keys.ts'
import type { Connection, Observation } from '../exchange.ts'
import type { Note } from '../recording.ts'
import type { RedactionLevel, Replaced } from '../redact/redact.ts'
import type { StoredExchange, StoredRecording } from './stored.ts'

export interface HarPair {
  readonly name: string
  readonly value: string
}

interface HarMessage {
  readonly httpVersion: string
  readonly cookies: readonly HarPair[]
  readonly headers: readonly HarPair[]
  readonly headersSize: number
  /** Bytes, -1 when it is not known. */
  readonly bodySize: number
}

export interface HarRequest extends HarMessage {
  readonly method: string
  readonly url: string
  readonly queryString: readonly HarPair[]
  readonly postData?: { readonly mimeType: string; readonly text: string; readonly comment?: string }
  /** Bytes that are no text, for which HAR has no field in a request; HTTP Toolkit's name for it. */
  readonly _content?: { readonly size: number; readonly encoding: 'base64'; readonly text: string }
}

export interface HarContent {
  readonly size: number
  readonly mimeType: string
  readonly text?: string
  readonly encoding?: 'base64'
  readonly comment?: string
}

export interface HarResponse extends HarMessage {
  readonly status: number
  readonly statusText: string
  readonly content: HarContent
  readonly redirectURL: string
  /** Chrome's name for the reason why there is no answer, or not the whole of one. */
  readonly _error?: string
}

export interface HarEntry {
  readonly pageref?: string
  readonly startedDateTime: string
  /** ms. */
  readonly time: number
  readonly request: HarRequest
  readonly response: HarResponse
  readonly cache: Readonly<Record<string, never>>
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number }
  readonly _acmescope: StoredExchange
}

export interface HarLog {
  readonly version: '1.2'
  readonly creator: { readonly name: string; readonly version: string }
  readonly comment: string
  readonly pages: readonly {
    readonly startedDateTime: string
    readonly id: string
    readonly title: string
    readonly pageTimings: Readonly<Record<string, never>>
  }[]
  readonly entries: readonly HarEntry[]
  readonly _acmescope: {
    readonly format: number
    readonly recording: StoredRecording
    readonly redacted: RedactionLevel
    readonly replaced: readonly Replaced[]
    readonly facts: readonly (Connection | Observation)[]
    /** Keys of accounts that sign in it, learnt in other recordings; those it shows itself are in its entries. */
    readonly keys?: readonly StoredKey[]
    /** What people wrote on it. */
    readonly notes?: readonly Note[]
  }
}
