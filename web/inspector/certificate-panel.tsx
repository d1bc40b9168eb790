/** A chain of certificates, drawn link by link: as it was fetched, or the one certificate that is to be revoked. */

import { payloadObject } from '../../shared/acme/fold/traits.ts'
import type { Step } from '../../shared/acme/model.ts'
import { readCertificateBase64url } from '../../shared/x509/certificate.ts'
import { leafOf } from '../../shared/x509/leaf.ts'
import type { Certificate, ChainMember } from '../../shared/x509/model.ts'
import { WireText } from '../theme/wire-text.tsx'
import own from './certificate.module.css'
import { CertificateFacts, lifetime } from './certificate-facts.tsx'
import { Match } from './checks.tsx'
import { Aside, Copy, Quiet, Section } from './facts.tsx'
import { comparedFor, NamesCompared } from './names-compared.tsx'
import type { PanelProps } from './panel.ts'

function titleOf(certificate: Certificate, place: number): string {
  if (!certificate.isCa) return 'Certificate'
  if (certificate.subject === certificate.issuer) return 'Root'
  return place === 0 ? 'CA certificate' : 'Intermediate'
}

const nameOf = ({ subject, sans }: Certificate): string => (subject || sans[0] || '(no name)').slice(0, 300)

const tones = { valid: true, invalid: false, unverifiable: null } as const
const words = {
  valid: 'certified by the next',
  invalid: 'not certified by the next',
  unverifiable: 'perhaps certified by the next',
} as const

function Link({ member }: { member: ChainMember }) {
  if (member.signedByNext === null) return null
  const { status, reason } = member.signedByNext
  return (
    <div className={own.chainLink} data-status={status}>
      <Match matches={tones[status]}>{words[status]}</Match> <Aside>{reason}</Aside>
    </div>
  )
}

/** The issuers are folded: a person looks at the certificate itself first. */
const Member = ({ member, place, isLeaf }: { member: ChainMember; place: number; isLeaf: boolean }) => (
  <li>
    <details className={own.chainMember} open={isLeaf}>
      <summary>
        <strong>{titleOf(member, place)}</strong> <WireText text={nameOf(member)} />{' '}
        <Aside>
          {member.key.type}, {lifetime(member)}
        </Aside>
      </summary>
      <CertificateFacts certificate={member} />
    </details>
    <Link member={member} />
  </li>
)

export const Chain = ({ chain }: { chain: readonly ChainMember[] }) => (
  <ol className={own.chain}>
    {chain.map((member, place) => (
      <Member
        // biome-ignore lint/suspicious/noArrayIndexKey: a chain may repeat a certificate; its order is a fact
        key={place}
        member={member}
        place={place}
        isLeaf={member === leafOf(chain)}
      />
    ))}
  </ol>
)

const Errors = ({ errors }: { errors: readonly string[] }) =>
  errors.map((error) => (
    <Quiet key={error}>
      <WireText text={error} />
    </Quiet>
  ))

interface Carried {
  readonly title: string
  readonly chain: readonly ChainMember[]
  readonly errors: readonly string[]
}

/** The `certificate` of a revocation (§7.6) is base64url of DER. */
function revoked(text: string): Carried {
  const certificate = readCertificateBase64url(text)
  const title = 'Certificate to be revoked'
  if ('error' in certificate)
    return { title, chain: [], errors: [`This certificate cannot be read: ${certificate.error}`] }
  return { title, chain: [{ ...certificate, signedByNext: null }], errors: [] }
}

/** What a step carries of certificates; null for most. */
export function carriedBy({ operation, decoded }: Step): Carried | null {
  const { response } = decoded
  if (response.kind === 'certificates') return { title: 'Chain', chain: response.chain, errors: response.errors }
  const sent = operation === 'revokeCert' ? payloadObject(decoded)?.certificate : null
  return typeof sent === 'string' ? revoked(sent) : null
}

export function CertificatePanel({ step, analysis }: PanelProps) {
  const carried = carriedBy(step)
  if (carried === null) return null
  const { title, chain, errors } = carried
  const certificate = leafOf(chain) ?? null
  return (
    <>
      <Errors errors={errors} />
      {step.order !== null && <NamesCompared {...comparedFor(analysis, step.order, { certificate })} />}
      {chain.length > 0 && (
        <Section title={title} action={<Copy value={chain.map(({ pem }) => pem).join('')} label="Copy all as PEM" />}>
          <Chain chain={chain} />
        </Section>
      )}
    </>
  )
}
