/** A recording as people publish it: nonces and tokens replaced, signatures and keys shortened, all else as it was. */
import type { Body, Exchange, Fact, Headers } from '../../shared/exchange.ts'

export function cutValues(facts: readonly Fact[]): readonly Fact[] {
  const nonces = placeholders('nonce')
  return facts.map((fact) => (fact.kind === 'exchange' ? cutExchange(fact, nonces) : fact))
}

type Replace = (value: string) => string

/** `<nonce_1>`: the same name for the same value. */
function placeholders(kind: string): Replace {
  const names = new Map<string, string>()
  return (value) => {
    const name = names.get(value) ?? `<${kind}_${names.size + 1}>`
    names.set(value, name)
    return name
  }
}

/** `BbR...E1I` */
const shorten: Replace = (value) => `${value.slice(0, 3)}...${value.slice(-3)}`

function cutExchange({ request, response, ...rest }: Exchange, nonces: Replace): Exchange {
  const sent = { ...request, body: cutBody(request.body, nonces) }
  if (!response) return { ...rest, request: sent }
  const headers: Headers = response.headers.map(([name, value]) => [
    name,
    name === 'Replay-Nonce' ? nonces(value) : value,
  ])
  return { ...rest, request: sent, response: { ...response, headers } }
}

function cutBody(body: Body, nonces: Replace): Body {
  if (body.kind !== 'text' || !body.text.includes('"protected"')) return body
  const jws = JSON.parse(body.text)
  const header = JSON.parse(Buffer.from(jws.protected, 'base64url').toString())
  const cut = { ...header, ...(header.nonce && { nonce: nonces(header.nonce) }), ...(header.jwk && cutKey(header.jwk)) }
  const text = JSON.stringify({
    ...jws,
    protected: Buffer.from(JSON.stringify(cut)).toString('base64url'),
    signature: shorten(jws.signature),
  })
  return { kind: 'text', text }
}

const cutKey = (jwk: Readonly<Record<string, string>>) => ({
  jwk: Object.fromEntries(
    Object.entries(jwk).map(([name, value]) => [name, value.length > 12 ? shorten(value) : value]),
  ),
})
