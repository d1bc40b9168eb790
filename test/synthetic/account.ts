/** What a synthetic client does with its account (RFC 8555 §7.3). */
import type { Headers } from '../../shared/exchange.ts'
import { type AccountSigner, type FlattenedJws, signWithMac } from '../lab/account-signer.ts'
import { type Bend, change } from './bend.ts'
import type { SyntheticOrder } from './ca.ts'
import type { Client, SyntheticAccount } from './client.ts'
import { makeKeys, signerOf } from './materials.ts'

export interface RegisterOptions {
  readonly onlyReturnExisting?: boolean
  /** The CA knows this key already. */
  readonly existing?: boolean
  readonly eab?: EabOptions
}

export interface EabOptions {
  readonly kid: string
  readonly secret: string
  readonly header?: Readonly<Record<string, unknown>>
  readonly payload?: unknown
}

export interface InnerBend {
  readonly header?: Readonly<Record<string, unknown>>
  readonly payload?: unknown | ((usual: never) => unknown)
  readonly signer?: AccountSigner
}

export function accountCalls({ ca, account, post, postAsGet }: Client) {
  const showAccount = (): object => ({ status: account.status, orders: `${account.url}/orders`, ...account.more })

  function register(bend: Bend & RegisterOptions = {}): SyntheticAccount {
    const { eab, onlyReturnExisting, existing } = bend
    const payload = {
      ...(onlyReturnExisting ? { onlyReturnExisting } : { termsOfServiceAgreed: true }),
      ...(eab && { externalAccountBinding: bindingOf(eab, account.signer, ca.urls.newAccount) }),
    }
    const status = existing || onlyReturnExisting ? 200 : 201
    const headers: Headers = [['Location', account.url]]
    post(ca.urls.newAccount, payload, bend, () => ({ status, body: showAccount(), headers }), true)
    return account
  }

  function updateAccount(payload: object, bend: Bend = {}): void {
    post(account.url, payload, bend, () => {
      const { status, ...more } = payload as { status?: string }
      account.status = status ?? account.status
      account.more = { ...account.more, ...more }
      return { status: 200, body: showAccount() }
    })
  }

  /** §7.3.5. `inner` bends the JWS inside. */
  async function changeKey(bend: Bend & { readonly inner?: InnerBend } = {}): Promise<void> {
    const next = bend.inner?.signer ?? signerOf(await makeKeys())
    const url = ca.urls.keyChange
    const payload = change({ account: account.url, oldKey: account.signer.jwk }, bend.inner?.payload)
    const inner = next.sign(payload, { jwk: next.jwk, url, ...bend.inner?.header })
    post(url, inner, bend, () => {
      account.signer = next
      return { status: 200, body: showAccount() }
    })
  }

  return {
    register,
    updateAccount,
    deactivateAccount: (bend: Bend = {}): void => updateAccount({ status: 'deactivated' }, bend),
    changeKey,
    listOrders: (orders: readonly SyntheticOrder[], bend: Bend = {}): boolean =>
      postAsGet(`${account.url}/orders`, bend, () => ({ status: 200, body: { orders: orders.map(({ url }) => url) } })),
  }
}

function bindingOf({ kid, secret, header, payload }: EabOptions, { jwk }: AccountSigner, url: string): FlattenedJws {
  return signWithMac(secret, payload ?? jwk, { kid, url, ...header })
}
