/**
 * A recording as long as is wanted: renewals of many names by several accounts, through Cloudflare, every request
 * really signed, every CSR and certificate real. Deterministic but for the keys. Made as it is asked for, so that nothing
 * is held but what the reader keeps.
 */
import { createHash } from 'node:crypto'
import type { Exchange, Headers } from '../../shared/exchange.ts'
import { type AccountSigner, createSigner } from '../lab/account-signer.ts'
import {
  type Issuer,
  makeCsr,
  makeKeys,
  makeLeaf,
  makeRoot,
  sha256,
  thumbprintOf,
  toPem,
} from '../synthetic/materials.ts'
import { type Answer, JOSE_TYPE, toExchange } from '../synthetic/wire.ts'

const NAMES = 64
const CA = 'https://ca.example.test'
const CLOUDFLARE = 'https://api.cloudflare.com/client/v4'
const ZONE = { id: '09952be409a7d6464cd7661beeeb966e', name: 'example.test' }
const MILLISECONDS_BETWEEN = 100

const ALGORITHMS = ['ES256', 'RS256', 'ES256', 'RS256'] as const

export interface Materials {
  readonly accounts: readonly Account[]
  readonly names: readonly Name[]
}

interface Account {
  readonly url: string
  readonly signer: AccountSigner
  readonly thumbprint: string
}

/** A name that is renewed again and again, with one key. */
interface Name {
  readonly name: string
  readonly csr: string
  readonly chain: string
}

/** Keys, CSRs and certificates: what is costly, and made once. */
export async function makeMaterials(): Promise<Materials> {
  const accounts = ALGORITHMS.map((alg, index) => toAccount(createSigner(alg), index + 1))
  const root = await makeRoot('Bench Root', START)
  const names = Array.from({ length: NAMES }, (_, index) => toName(`host-${index}.example.test`, root))
  return { accounts, names: await Promise.all(names) }
}

const toAccount = (signer: AccountSigner, index: number): Account => ({
  url: `${CA}/acct/${index}`,
  signer,
  thumbprint: thumbprintOf(signer.jwk),
})

async function toName(name: string, root: Issuer): Promise<Name> {
  const keys = await makeKeys()
  const [csr, leaf] = await Promise.all([makeCsr([name], keys), makeLeaf([name], keys.publicKey, root, START)])
  return { name, csr, chain: toPem([leaf, root.certificate]) }
}

// ───────────────────────────── exchanges

/** The first `count` exchanges of a recording that never ends. */
export function* manyOrders(materials: Materials, count: number): Generator<Exchange> {
  const wire = createWire()
  for (let run = 0; ; run++) {
    for (const exchange of order(wire, materials, run)) {
      if (exchange.sequence > count) return
      yield exchange
    }
  }
}

/** Makes one exchange after the other, and keeps what goes from one to the next: the number and the nonce. */
type Wire = ReturnType<typeof createWire>

function createWire() {
  let sequence = 0
  let nonce = ''

  const exchange = (method: string, url: string, body: unknown, answer: Answer, type?: string): Exchange => {
    sequence += 1
    const at = START + sequence * MILLISECONDS_BETWEEN
    const request = { method, url, body, agent: AGENT, ...(type && { type }) }
    return toExchange(request, answer, { sequence, at, took: 20 })
  }

  const withNonce = (answer: Answer): Answer => {
    nonce = Buffer.from(`nonce ${sequence}`).toString('base64url')
    const headers: Headers = [['Replay-Nonce', nonce], ['Link', `<${CA}/dir>;rel="index"`], ...(answer.headers ?? [])]
    return { ...answer, headers }
  }

  return {
    exchange,
    newNonce: (): Exchange => exchange('HEAD', `${CA}/new-nonce`, null, withNonce({ status: 200, body: null })),
    /** Signed by the account; a payload of '' is POST-as-GET. */
    post: ({ url: kid, signer }: Account, url: string, payload: unknown, answer: Answer): Exchange => {
      const key = url === NEW_ACCOUNT ? { jwk: signer.jwk } : { kid }
      const jws = signer.sign(payload, { ...key, nonce, url })
      return exchange('POST', url, jws, withNonce(answer), JOSE_TYPE)
    },
  }
}

const START = Date.UTC(2026, 0, 2)
const AGENT = 'lego-cli/4.20.4 xenolf-acme/4.20.4 (release; linux; amd64)'

/** One run of a client: a certificate ordered, proven, fetched. */
function* order(wire: Wire, { accounts, names }: Materials, run: number): Generator<Exchange> {
  const account = accounts[run % accounts.length]
  const name = names[run % names.length]
  if (!account || !name) throw new Error('nothing to order with')
  const { urls, orderIn, challengeIn, authorizationIn, token } = objectsOf(run, name)
  const record = recordOf(name, `${token}.${account.thumbprint}`)
  const recordId = createHash('md5').update(`record ${run}`).digest('hex')
  const at: Headers = [['Location', urls.order]]

  yield wire.exchange('GET', `${CA}/dir`, null, { status: 200, body: DIRECTORY })
  yield wire.newNonce()
  if (run < accounts.length) yield register(wire, account)
  const identifiers = [{ type: 'dns', value: name.name }]
  yield wire.post(account, NEW_ORDER, { identifiers }, { status: 201, body: orderIn('pending'), headers: at })
  yield wire.post(account, urls.authorization, '', { status: 200, body: authorizationIn('pending') })
  yield wire.exchange('GET', `${ZONES}?name=${ZONE.name}`, null, accepted([{ ...ZONE, status: 'active' }]))
  const stored = { id: recordId, zone_id: ZONE.id, zone_name: ZONE.name, ...record }
  yield wire.exchange('POST', RECORDS, record, accepted(stored))
  const up: Headers = [['Link', `<${urls.authorization}>;rel="up"`]]
  yield wire.post(account, urls.challenge, {}, { status: 200, body: challengeIn('pending'), headers: up })
  for (const status of ['pending', 'pending', 'valid'])
    yield wire.post(account, urls.authorization, '', { status: 200, body: authorizationIn(status) })
  yield wire.exchange('DELETE', `${RECORDS}/${recordId}`, null, accepted({ id: recordId }))
  yield wire.post(account, urls.order, '', { status: 200, body: orderIn('ready') })
  const { csr, chain } = name
  yield wire.post(account, urls.finalize, { csr }, { status: 200, body: orderIn('processing'), headers: at })
  yield wire.post(account, urls.order, '', { status: 200, body: orderIn('valid', urls.certificate) })
  yield wire.post(account, urls.certificate, '', { status: 200, body: chain })
}

function register(wire: Wire, account: Account): Exchange {
  const contact = ['mailto:bench@example.test']
  const body = { status: 'valid', contact, orders: `${account.url}/orders` }
  const headers: Headers = [['Location', account.url]]
  return wire.post(account, NEW_ACCOUNT, { termsOfServiceAgreed: true, contact }, { status: 201, body, headers })
}

/** What the CA shows of one order, in any status. */
function objectsOf(run: number, { name }: Name) {
  const expires = '2026-12-31T00:00:00Z'
  const identifier = { type: 'dns', value: name }
  const token = sha256(`token ${run}`)
  const urls = {
    order: `${CA}/order/${run}`,
    authorization: `${CA}/authz/${run}`,
    challenge: `${CA}/chall/${run}`,
    finalize: `${CA}/finalize/${run}`,
    certificate: `${CA}/cert/${run}`,
  }
  const challengeIn = (status: string) => ({ type: 'dns-01', status, url: urls.challenge, token })
  return {
    urls,
    token,
    challengeIn,
    authorizationIn: (status: string) => ({ status, expires, identifier, challenges: [challengeIn(status)] }),
    orderIn: (status: string, certificate?: string) => ({
      status,
      expires,
      identifiers: [identifier],
      authorizations: [urls.authorization],
      finalize: urls.finalize,
      ...(certificate ? { certificate } : {}),
    }),
  }
}

const recordOf = ({ name }: Name, keyAuthorization: string) => ({
  type: 'TXT',
  name: `_acme-challenge.${name}`,
  content: sha256(keyAuthorization),
  ttl: 120,
})

const accepted = (result: unknown): Answer => ({
  status: 200,
  body: { result, success: true, errors: [], messages: [] },
})

const NEW_ACCOUNT = `${CA}/new-acct`
const NEW_ORDER = `${CA}/new-order`
const ZONES = `${CLOUDFLARE}/zones`
const RECORDS = `${ZONES}/${ZONE.id}/dns_records`

const DIRECTORY = {
  newNonce: `${CA}/new-nonce`,
  newAccount: NEW_ACCOUNT,
  newOrder: NEW_ORDER,
  revokeCert: `${CA}/revoke-cert`,
  keyChange: `${CA}/key-change`,
}
