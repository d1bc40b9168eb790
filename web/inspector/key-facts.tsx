/** The key that signs: what kind, how it is known, whose it is. */

import { thumbprintOf } from '../../shared/acme/jws/jwk.ts'
import { keyName } from '../../shared/acme/jws/key-name.ts'
import type { JsonObject, Jws, KeySource } from '../../shared/acme/model.ts'
import { Aside, Fact, Facts, Wire } from './facts.tsx'
import styles from './jws.module.css'
import { NamedLinks } from './named.tsx'
import type { PanelProps } from './panel.ts'

const sources: Readonly<Record<KeySource, string>> = {
  jwk: 'in this request, as jwk',
  'this recording': 'in this recording, where the account was registered or its key changed',
  'another recording': 'in another recording of this recorder',
  recovered: 'nowhere: computed from two signatures',
}

/** The key of an account may have changed since: only one of the thumbprint it was checked with is it. */
function keyOf({ jwk, kid, signature }: Jws, { analysis }: PanelProps): JsonObject | null {
  if (jwk !== null) return jwk
  const known = analysis.accounts.get(kid ?? '')?.jwk ?? null
  return known !== null && thumbprintOf(known) === signature.thumbprint ? known : null
}

export function KeyFacts({ jws, ...props }: PanelProps & { readonly jws: Jws }) {
  const key = keyOf(jws, props)
  const { thumbprint, key: source } = jws.signature
  const shown = thumbprint ?? jws.thumbprint
  if (key === null && shown === null) return null
  return (
    <div className={styles.key}>
      <Facts>
        {key !== null && <Fact label="Key">{keyName(key)}</Fact>}
        {source !== null && <Fact label="Seen">{sources[source]}</Fact>}
        {shown !== null && (
          <Fact label="Thumbprint">
            <Wire>{shown}</Wire> <NamedLinks value={shown} analysis={props.analysis} here={props.step.exchange} />
          </Fact>
        )}
        {jws.kid === null && jws.jwk !== null && shown === null && (
          <Fact label="Thumbprint">
            <Aside>cannot be computed: the key is not whole</Aside>
          </Fact>
        )}
      </Facts>
    </div>
  )
}
