// Clients whose hello names no server: whoever asks for an address (RFC 6066 section 3 has no server name for those), and some old
// ones. mockttp shows all of them a certificate for "localhost". Here they see one for what they asked their tunnel for or,
// where there is none, for the address at which they reached us.
//
// Node asks for a certificate by name only when there is one, so the question is answered where OpenSSL asks it, as Node does.
import net from 'node:net'
import tls from 'node:tls'
import { LastTunnelAddress } from 'mockttp/dist/util/socket-extensions'
import { getDestination } from 'mockttp/dist/util/url'
import { leafFor, type Pair } from './leaf.ts'

interface Question {
  readonly servername?: string
}

/** What Node keeps of TLS in C++. */
interface Handle {
  oncertcb?: (question: Question) => unknown
  sni_context?: unknown
}

/** The server below mockttp → who signs for it. */
const authorities = new WeakMap<object, Pair>()
let isPatched = false

/** @param server mockttp's TLS server, before it takes connections */
export function answerNameless(server: tls.Server, authority: Pair): void {
  authorities.set(server, authority)
  if (isPatched) return
  isPatched = true
  const prototype = tls.TLSSocket.prototype as unknown as { _init: (...given: unknown[]) => void }
  const init = prototype._init
  prototype._init = function (this: tls.TLSSocket, ...given: unknown[]) {
    Reflect.apply(init, this, given)
    const handle: Handle | null = Reflect.get(this, '_handle')
    const ask = handle?.oncertcb
    if (handle && ask) handle.oncertcb = (question) => answer(this, handle, question, ask.bind(handle))
  }
}

function answer(
  socket: tls.TLSSocket,
  handle: Handle,
  question: Question,
  ask: (question: Question) => unknown,
): unknown {
  const authority = authorities.get(Reflect.get(socket, 'server') ?? {})
  const meant = question.servername || !authority ? undefined : meantBy(socket)
  if (!meant || !authority) return ask(question)
  // A name is answered as if it had been in the hello.
  if (!net.isIP(meant)) return ask({ ...question, servername: meant })
  return contextFor(meant, authority).then(
    (context) => {
      handle.sni_context = context.context
      ask(question)
    },
    (error: Error) => socket.destroy(error),
  )
}

function meantBy(socket: tls.TLSSocket): string | undefined {
  const raw: net.Socket | undefined = Reflect.get(socket, '_parent')
  const tunnel = raw?.[LastTunnelAddress]
  if (tunnel) return hostOf(tunnel)
  return raw?.localAddress?.replace(/^::ffff:/, '')
}

function hostOf(tunnel: string): string | undefined {
  try {
    return getDestination('https', tunnel).hostname || undefined
  } catch {
    return undefined // A port that is no number.
  }
}

/** ms; far less than they are valid. */
const KEPT_MS = 86_400_000
const MOST_KEPT = 1_000

const kept = new WeakMap<Pair, Map<string, Promise<tls.SecureContext & { readonly context: unknown }>>>()

function contextFor(address: string, authority: Pair): Promise<tls.SecureContext & { readonly context: unknown }> {
  const contexts = kept.get(authority) ?? new Map()
  kept.set(authority, contexts)
  const known = contexts.get(address)
  if (known) return known
  const made = leafFor(address, authority).then(({ keyPem, certificatePem }) =>
    tls.createSecureContext({ key: keyPem, cert: certificatePem }),
  )
  contexts.set(address, made)
  const [oldest] = contexts.keys()
  if (contexts.size > MOST_KEPT) contexts.delete(oldest)
  setTimeout(() => contexts.delete(address), KEPT_MS).unref()
  return made as ReturnType<typeof contextFor>
}
