/** The signed request: what it says, and the three members as they were sent. */
import { Collapse, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { Jws, JwsPayload } from '../../shared/acme/model.ts'
import { Code } from './body-view.tsx'
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

const innerTitles = { externalAccountBinding: 'External account binding', keyChange: 'Key change' } as const

export function JwsView({ jws, props }: { jws: Jws; props: PanelProps }) {
  const payloadText = jws.payload.kind === 'json' ? JSON.stringify(jws.payload.value, null, 2) : null
  return (
    <>
      <Problems problems={jws.problems} />
      <Section
        title="protected"
        action={jws.header && <Copy value={JSON.stringify(jws.header, null, 2)} label="Copy protected header" />}
      >
        <ProtectedHeader jws={jws} {...props} />
        <Original name="protected" value={jws.raw.protected} />
      </Section>
      <Section title="payload" action={payloadText && <Copy value={payloadText} label="Copy payload" />}>
        <Payload payload={jws.payload} />
        {jws.raw.payload !== '' && <Original name="payload" value={jws.raw.payload} />}
      </Section>
      <Section title="signature">
        <SignatureVerdictLine verdict={jws.signature} />
        <Original name="signature" value={jws.raw.signature} />
      </Section>
      {jws.inner !== null && (
        <div className={styles.inner}>
          <h3 className={styles.innerTitle}>{innerTitles[jws.inner.purpose]}: a JWS inside the payload</h3>
          <JwsView jws={jws.inner.jws} props={props} />
        </div>
      )}
    </>
  )
}

export function JwsPanel(props: PanelProps) {
  const { jws } = props.step.decoded
  return jws === null ? null : <JwsView jws={jws} props={props} />
}
