/** The signed request: whether its signature holds and why, and its three parts, as they read and as they were sent. */
import { SegmentedControl } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type Explanation, explain, explainPayload } from '../../shared/acme/explain/explain.ts'
import type { InnerJws, Jws, JwsPayload } from '../../shared/acme/model.ts'
import type { ObjectKind } from '../../shared/acme/specs/row.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Code } from './body/code.tsx'
import { ExplainedFields } from './explained.tsx'
import { Aside, Copy, Quiet } from './facts.tsx'
import styles from './jws.module.css'
import { KeyFacts } from './key-facts.tsx'
import type { PanelProps } from './panel.ts'
import { ProtectedHeader } from './protected-header.tsx'
import { SignatureCard } from './signature-line.tsx'

interface PartProps {
  readonly name: keyof Jws['raw']
  readonly jws: Jws
  /** What it reads as, for who copies it. */
  readonly text: string | null
  readonly action?: ReactNode
  readonly children: ReactNode
}

function Part({ name, jws, text, action, children }: PartProps) {
  const sent = jws.raw[name]
  return (
    <section className={styles.part}>
      <header>
        <h3>{name}</h3>
        {action}
        {text !== null && <Copy value={text} label={`Copy ${name}, decoded`} />}
      </header>
      {children}
      {sent !== '' && <Original name={name} value={sent} />}
    </section>
  )
}

/** Of a part, in characters: a page draws no more of one. */
const MOST_DRAWN = 20_000

function Original({ name, value }: { name: string; value: string }) {
  const [open, setOpen] = useState(false)
  const Icon = open ? IconChevronDown : IconChevronRight
  return (
    <div className={styles.original}>
      <span className={styles.originalBar}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className={styles.disclose}>
          <Icon size={13} aria-hidden="true" />
          As sent, base64url, {value.length} characters
        </button>
        <Copy value={value} label={`Copy ${name} as sent`} />
      </span>
      {open && (
        <pre className={styles.base64url}>
          <WireText text={value.slice(0, MOST_DRAWN)} />
          {value.length > MOST_DRAWN && ` … and ${value.length - MOST_DRAWN} characters more, which a copy has`}
        </pre>
      )}
    </div>
  )
}

function Payload({ payload }: { payload: JwsPayload }) {
  switch (payload.kind) {
    case 'empty':
      return <Quiet>Empty: a POST-as-GET, which only asks.</Quiet>
    case 'json':
      return <Code text={JSON.stringify(payload.value, null, 2)} json label="Payload" />
    case 'text':
      return <Code text={payload.text} json={false} label="Payload" />
    case 'undecodable':
      return <Quiet>Cannot be decoded: {payload.reason}.</Quiet>
  }
}

const Problems = ({ problems }: { problems: readonly string[] }) =>
  problems.length > 0 && (
    <ul className={styles.problems}>
      {problems.map((problem) => (
        <li key={problem}>
          <WireText text={problem} />
        </li>
      ))}
    </ul>
  )

interface PayloadProps {
  readonly jws: Jws
  readonly explanation: Explanation | null
  readonly props: PanelProps
}

function PayloadPart({ jws, explanation, props }: PayloadProps) {
  const [asJson, setAsJson] = useState(false)
  const { payload } = jws
  const text = payload.kind === 'json' ? JSON.stringify(payload.value, null, 2) : null
  const explained = explanation?.fields.length ? explanation : null
  return (
    <Part name="payload" jws={jws} text={text} action={explained && <ReadAs value={asJson} onChange={setAsJson} />}>
      {explained && !asJson ? (
        <ExplainedFields of={explained} analysis={props.analysis} here={props.step.exchange} />
      ) : (
        <Payload payload={payload} />
      )}
    </Part>
  )
}

const ReadAs = ({ value, onChange }: { value: boolean; onChange: (asJson: boolean) => void }) => (
  <SegmentedControl
    size="xs"
    aria-label="How the payload is shown"
    value={value ? 'json' : 'explained'}
    onChange={(chosen) => onChange(chosen === 'json')}
    data={[
      { value: 'explained', label: 'Explained' },
      { value: 'json', label: 'JSON' },
    ]}
  />
)

const compact = ({ raw }: Jws): string => `${raw.protected}.${raw.payload}.${raw.signature}`

/** Octets of a signature in base64url. */
const octetsOf = (base64url: string): number => Math.floor((base64url.length * 3) / 4)

interface JwsViewProps {
  readonly jws: Jws
  readonly props: PanelProps
  readonly header: ObjectKind
  readonly explanation: Explanation | null
}

function JwsView({ jws, props, header, explanation }: JwsViewProps) {
  return (
    <>
      <SignatureCard verdict={jws.signature} />
      <Problems problems={jws.problems} />
      <KeyFacts jws={jws} {...props} />
      <Part name="protected" jws={jws} text={jws.header && JSON.stringify(jws.header, null, 2)}>
        <ProtectedHeader jws={jws} kind={header} {...props} />
      </Part>
      <PayloadPart jws={jws} explanation={explanation} props={props} />
      <Part
        name="signature"
        jws={jws}
        text={null}
        action={<Copy value={() => compact(jws)} label="Copy all three as sent, with dots between them" />}
      >
        <Aside>
          {jws.raw.signature === '' ? 'Empty.' : `${octetsOf(jws.raw.signature)} octets over protected and payload.`}
        </Aside>
      </Part>
      {jws.inner !== null && <Inner inner={jws.inner} props={props} />}
    </>
  )
}

interface InnerWords {
  readonly title: string
  readonly header: ObjectKind
  readonly payload: ObjectKind
}

const inners: Readonly<Record<InnerJws['purpose'], InnerWords>> = {
  externalAccountBinding: { title: 'External account binding', header: 'bindingProtected', payload: 'jwk' },
  keyChange: { title: 'Key change', header: 'keyChangeProtected', payload: 'keyChange' },
}

function Inner({ inner: { purpose, jws }, props }: { inner: InnerJws; props: PanelProps }) {
  const { title, header, payload } = inners[purpose]
  const explanation = jws.payload.kind === 'json' ? explain(payload, jws.payload.value) : null
  return (
    <section className={styles.inner} aria-label={title}>
      <h3 className={styles.innerTitle}>{title}: a JWS inside the payload</h3>
      <JwsView jws={jws} props={props} header={header} explanation={explanation} />
    </section>
  )
}

export function JwsPanel(props: PanelProps) {
  const { step, analysis } = props
  const { jws } = step.decoded
  if (jws === null) return null
  const challenge = analysis.challenges.get(step.challenge ?? '')
  const explanation = explainPayload(step.operation, jws, challenge?.type ?? null)
  return <JwsView jws={jws} props={props} header="protected" explanation={explanation} />
}
