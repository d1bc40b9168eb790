/** The signed request: what it says, and the three members as they were sent. */
import { Collapse, SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { type Explanation, explain, explainPayload } from '../../shared/acme/explain/explain.ts'
import type { InnerJws, Jws, JwsPayload } from '../../shared/acme/model.ts'
import type { ObjectKind } from '../../shared/acme/specs/row.ts'
import { Code } from './body-view.tsx'
import { ExplainedFields } from './explained.tsx'
import { Copy, Section } from './facts.tsx'
import styles from './inspector.module.css'
import type { PanelProps } from './panel.ts'
import { ProtectedHeader } from './protected-header.tsx'
import { SignatureVerdictLine } from './signature-line.tsx'

function Original({ name, value }: { name: string; value: string }) {
  const [open, setOpen] = useState(false)
  const Icon = open ? IconChevronDown : IconChevronRight
  return (
    <div className={styles.original}>
      <span className={styles.originalBar}>
        <UnstyledButton aria-expanded={open} onClick={() => setOpen(!open)} className={styles.disclose}>
          <Icon size={13} aria-hidden="true" />
          as sent, base64url, {value.length} characters
        </UnstyledButton>
        <Copy value={value} label={`Copy ${name} as sent`} />
      </span>
      <Collapse expanded={open}>
        <pre className={styles.plainCode}>{value}</pre>
      </Collapse>
    </div>
  )
}

function Payload({ payload }: { payload: JwsPayload }) {
  switch (payload.kind) {
    case 'empty':
      return <p className={styles.note}>Empty: a POST-as-GET, which only asks.</p>
    case 'json':
      return <Code text={JSON.stringify(payload.value, null, 2)} json label="Payload" />
    case 'text':
      return <Code text={payload.text} json={false} label="Payload" />
    case 'undecodable':
      return <p className={styles.note}>Cannot be decoded: {payload.reason}</p>
  }
}

const Problems = ({ problems }: { problems: readonly string[] }) =>
  problems.length > 0 && (
    <ul className={styles.problems}>
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  )

interface PayloadProps {
  readonly jws: Jws
  readonly explanation: Explanation | null
  readonly analysis: PanelProps['analysis']
}

function PayloadSection({ jws: { payload, raw }, explanation, analysis }: PayloadProps) {
  const [asJson, setAsJson] = useState(false)
  const text = payload.kind === 'json' ? JSON.stringify(payload.value, null, 2) : null
  const explained = explanation?.fields.length ? explanation : null
  return (
    <Section
      title="payload"
      action={
        text && (
          <>
            {explained && <ReadAs value={asJson} onChange={setAsJson} />}
            <Copy value={text} label="Copy payload" />
          </>
        )
      }
    >
      {explained && !asJson ? <ExplainedFields of={explained} analysis={analysis} /> : <Payload payload={payload} />}
      {raw.payload !== '' && <Original name="payload" value={raw.payload} />}
    </Section>
  )
}

const ReadAs = ({ value, onChange }: { value: boolean; onChange: (asJson: boolean) => void }) => (
  <SegmentedControl
    size="xs"
    value={value ? 'json' : 'explained'}
    onChange={(chosen) => onChange(chosen === 'json')}
    data={[
      { value: 'explained', label: 'Explained' },
      { value: 'json', label: 'JSON' },
    ]}
  />
)

interface JwsViewProps {
  readonly jws: Jws
  readonly props: PanelProps
  readonly header: ObjectKind
  readonly explanation: Explanation | null
}

function JwsView({ jws, props, header, explanation }: JwsViewProps) {
  return (
    <>
      <Problems problems={jws.problems} />
      <Section
        title="protected"
        action={jws.header && <Copy value={JSON.stringify(jws.header, null, 2)} label="Copy protected header" />}
      >
        <ProtectedHeader jws={jws} kind={header} {...props} />
        <Original name="protected" value={jws.raw.protected} />
      </Section>
      <PayloadSection jws={jws} explanation={explanation} analysis={props.analysis} />
      <Section title="signature">
        <SignatureVerdictLine verdict={jws.signature} />
        <Original name="signature" value={jws.raw.signature} />
      </Section>
      {jws.inner !== null && <Inner inner={jws.inner} props={props} />}
    </>
  )
}

const inners: Readonly<Record<InnerJws['purpose'], { title: string; header: ObjectKind; payload: ObjectKind }>> = {
  externalAccountBinding: { title: 'External account binding', header: 'bindingProtected', payload: 'jwk' },
  keyChange: { title: 'Key change', header: 'keyChangeProtected', payload: 'keyChange' },
}

function Inner({ inner: { purpose, jws }, props }: { inner: InnerJws; props: PanelProps }) {
  const { title, header, payload } = inners[purpose]
  const explanation = jws.payload.kind === 'json' ? explain(payload, jws.payload.value) : null
  return (
    <div className={styles.inner}>
      <h3 className={styles.innerTitle}>{title}: a JWS inside the payload</h3>
      <JwsView jws={jws} props={props} header={header} explanation={explanation} />
    </div>
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
