/** The protected header, each member beside what it points to. */
import type { ReactNode } from 'react'
import { explain } from '../../shared/acme/explain/explain.ts'
import type { Jws } from '../../shared/acme/model.ts'
import type { ObjectKind } from '../../shared/acme/specs/row.ts'
import { Match } from './checks.tsx'
import { FieldText } from './explained.tsx'
import { Fact, Facts, StepLink, Wire } from './facts.tsx'
import styles from './inspector.module.css'
import { firstShown } from './objects.ts'
import type { PanelProps } from './panel.ts'

type MemberProps = PanelProps & { readonly jws: Jws }

export function NonceLink({ analysis, value }: { analysis: PanelProps['analysis']; value: string }) {
  const nonce = analysis.nonces.get(value)
  if (!nonce?.issuedBy) return <span className={styles.aside}>issued outside this recording</span>
  return (
    <span className={styles.aside}>
      ← issued by <StepLink analysis={analysis} exchange={nonce.issuedBy} />
    </span>
  )
}

/** A map, since a header can have any name, `constructor` too. */
const asides = new Map<string, (props: MemberProps) => ReactNode>(
  Object.entries<(props: MemberProps) => ReactNode>({
    nonce: ({ analysis, jws }) => jws.nonce !== null && <NonceLink analysis={analysis} value={jws.nonce} />,
    kid: ({ analysis, jws }) => (
      <StepLink analysis={analysis} exchange={firstShown(analysis, jws.kid)}>
        <span className={styles.aside}>→ account</span>
      </StepLink>
    ),
    url: ({ step, jws }) =>
      jws.url === step.url ? (
        <Match matches>= request</Match>
      ) : (
        <Match matches={false}>not the URL of the request</Match>
      ),
    jwk: ({ jws }) =>
      jws.thumbprint !== null && (
        <span className={styles.aside}>
          thumbprint <Wire>{jws.thumbprint}</Wire>
        </span>
      ),
  }),
)

/** What has members of its own, such as a key, laid out. */
const show = (value: unknown): string => JSON.stringify(value, null, 2)

/** @param kind which header it is: of the request, or of a JWS inside it */
export function ProtectedHeader({ kind, ...props }: MemberProps & { readonly kind: ObjectKind }) {
  const { header } = props.jws
  const explanation = explain(kind, header)
  if (header === null || explanation === null) return <p className={styles.note}>Not base64url of a JSON object.</p>
  return (
    <Facts>
      {explanation.fields.map((one) => (
        <Fact key={one.field} label={one.field}>
          <Wire>{one.value || show(header[one.field])}</Wire> {asides.get(one.field)?.(props)}
          <FieldText of={one} />
        </Fact>
      ))}
    </Facts>
  )
}
