/** What a synthetic client does to get its certificate, and afterwards (RFC 8555 §7.4, §7.6, RFC 9773). */
import type { Headers } from '../../shared/exchange.ts'
import type { Bend, Meeting } from './bend.ts'
import { type SyntheticOrder, showOrder } from './ca.ts'
import type { Client } from './client.ts'
import { certificateId, type Keys, makeCsr, makeKeys, signerOf } from './materials.ts'

export interface FinalizeOptions {
  readonly csrNames?: readonly string[]
  readonly commonName?: string
  readonly keys?: Keys
  readonly issue?: { readonly names?: readonly string[]; readonly keys?: Keys }
}

export function certificateCalls({ course, ca, agent, meet, post, postAsGet }: Client) {
  /** Sends a CSR: for the order's names and with a new key, unless told. `issue` bends the certificate that is made of it. */
  async function finalize(one: SyntheticOrder, bend: Bend & FinalizeOptions = {}): Promise<void> {
    const asked = bend.csrNames ?? one.identifiers.map(({ value }) => value)
    const keys = bend.keys ?? (await makeKeys())
    const csr = await makeCsr(asked, keys, bend.commonName)
    const accepted = post(one.finalize, { csr }, bend, () => {
      one.status = 'processing'
      return { status: 200, body: showOrder(one), headers: [['Location', one.url]] }
    })
    if (accepted) await ca.issue(one, bend.issue?.names ?? asked, bend.issue?.keys ?? keys)
  }

  /** `alternate`: which chain, 0 being the default one. */
  function fetchCertificate(one: SyntheticOrder, bend: Bend & { readonly alternate?: number } = {}): void {
    const base = one.certificate ?? ''
    const at = (index: number): string => (index === 0 ? base : `${base}/${index}`)
    const asked = bend.alternate ?? 0
    const others = one.chains.flatMap((_, index) => (index === asked ? [] : [at(index)]))
    const headers: Headers = others.map((url) => ['Link', `<${url}>;rel="alternate"`])
    postAsGet(at(asked), bend, () => ({ status: 200, body: one.chains[asked] ?? '', headers }))
  }

  /** With the account's key, or with the certificate's own. */
  function revoke(
    one: SyntheticOrder,
    bend: Bend & { readonly reason?: number; readonly ownKey?: boolean } = {},
  ): void {
    const certificate = Buffer.from(one.leaf?.rawData ?? new ArrayBuffer()).toString('base64url')
    const payload = { certificate, ...(bend.reason !== undefined && { reason: bend.reason }) }
    const signer = bend.ownKey && one.keys ? { signer: signerOf(one.keys) } : {}
    post(ca.urls.revokeCert, payload, { ...signer, ...bend }, () => ({ status: 200, body: null }), bend.ownKey)
  }

  const ariUrl = (one: SyntheticOrder): string =>
    `${ca.urls.renewalInfo}/${one.leaf ? certificateId(one.leaf) : 'unknown'}`

  /** RFC 9773 §4: a plain GET. */
  function renewalInfo(one: SyntheticOrder, bend: Meeting = {}): void {
    const day = 86_400_000
    const [start, end_] = [60, 62].map((days) => new Date(course.now + days * day).toISOString())
    const body = { suggestedWindow: { start, end: end_ } }
    const request = { method: 'GET', url: ariUrl(one), body: null, agent: agent }
    meet(request, bend, () => ({ status: 200, body, headers: [['Retry-After', '21600']] }))
  }

  return { finalize, fetchCertificate, revoke, ariUrl, renewalInfo }
}
