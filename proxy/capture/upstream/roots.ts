// Whom connections to the servers trust: Node's own roots, and the certificates of `--upstream-ca`.
//
// mockttp's `additionalTrustedCAs` parses every root again for every connection (docs/mockttp.md). Here the parsed roots are
// kept, one secure context per set of TLS options.
import { readFileSync } from 'node:fs'
import tls from 'node:tls'
import { certificatesIn } from '../../system-roots.ts'

/** PEM certificates trusted beside Node's own roots, by who asked for it. Verification itself is never off. */
const active = new Set<readonly string[]>()
let contexts = new Map<string, tls.SecureContext>()
let isPatched = false

/** From now on all connections of this process trust these as well; the function returned takes it back. */
export function trustUpstream(trusted: readonly string[]): () => void {
  if (trusted.length === 0) return () => undefined
  if (!isPatched) patch()
  // A list of its own, so that each is taken back once.
  const own = [...trusted]
  active.add(own)
  contexts = new Map()
  return () => {
    active.delete(own)
    contexts = new Map()
  }
}

function patch(): void {
  isPatched = true
  const { createSecureContext } = tls
  Reflect.set(tls, 'createSecureContext', (options: tls.SecureContextOptions = {}) => {
    const trusted = [...active].flat()
    if (trusted.length === 0 || hasOwnIdentity(options)) return createSecureContext(options)
    return keptContext(options, (plain) => createSecureContext({ ...plain, ca: [...nodeRoots(), ...trusted] }))
  })
}

/** A server of ours, or a client that brings its own certificate or roots. */
const hasOwnIdentity = (options: tls.SecureContextOptions): boolean =>
  [options.key, options.cert, options.pfx, options.ca].some((each) => each !== undefined)

const CONTEXT_OPTIONS = [
  'ciphers',
  'sigalgs',
  'ecdhCurve',
  'minVersion',
  'maxVersion',
  'secureOptions',
  'allowPartialTrustChain',
] as const

function keptContext(
  options: tls.SecureContextOptions,
  create: (plain: tls.SecureContextOptions) => tls.SecureContext,
): tls.SecureContext {
  const plain = Object.fromEntries(CONTEXT_OPTIONS.map((name) => [name, Reflect.get(options, name)]))
  const key = JSON.stringify(plain)
  const kept = contexts.get(key) ?? create(plain)
  contexts.set(key, kept)
  return kept
}

/** What Node trusts by itself: a list given to it replaces this, `NODE_EXTRA_CA_CERTS` included. */
function nodeRoots(): readonly string[] {
  const extra = process.env.NODE_EXTRA_CA_CERTS
  return extra ? [...tls.rootCertificates, ...certificatesIn(readQuietly(extra))] : tls.rootCertificates
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // Node itself only warns about it.
  }
}
