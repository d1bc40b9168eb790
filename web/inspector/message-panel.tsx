/** A request or a response as it was on the wire. */
import { ActionIcon, Loader, Tooltip } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { explainAnswer } from '../../shared/acme/explain/explain.ts'
import { headerRow, reference } from '../../shared/acme/registry/registry.ts'
import type { Exchange, Headers } from '../../shared/exchange.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { BodyView } from './body-view.tsx'
import { ExplainedFields } from './explained.tsx'
import { Copy, Section } from './facts.tsx'
import styles from './inspector.module.css'
import type { PanelProps } from './panel.ts'
import { isSecretHeader, maskSecret } from './secret-headers.ts'
import { useExchange } from './use-exchange.ts'

function SecretValue({ name, value }: { name: string; value: string }) {
  const [shown, setShown] = useState(false)
  const label = shown ? `Hide ${name}` : `Reveal ${name}`
  return (
    <>
      <span className={shown ? undefined : styles.masked}>{shown ? value : maskSecret(value)}</span>
      <Tooltip label={label}>
        <ActionIcon
          className={styles.inlineIcon ?? ''}
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={label}
          onClick={() => setShown(!shown)}
        >
          {shown ? <IconEyeOff size={13} /> : <IconEye size={13} />}
        </ActionIcon>
      </Tooltip>
    </>
  )
}

/** What a header means to ACME; nothing for the others. */
function HeaderText({ name }: { name: string }) {
  const row = headerRow(name)
  return (
    row && (
      <p className={styles.headerText}>
        {row.text} {shortCitationOf(reference(row.cite))}
      </p>
    )
  )
}

const HeaderList = ({ headers }: { headers: Headers }) => (
  <dl className={styles.headers}>
    {headers.map(([name, value], index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: headers repeat, and their order is a fact that never changes
      <div key={index}>
        <dt>{name}</dt>
        <dd>
          {isSecretHeader(name) ? <SecretValue name={name} value={value} /> : value}
          <HeaderText name={name} />
        </dd>
      </div>
    ))}
  </dl>
)

const asText = (headers: Headers): string =>
  headers.map(([name, value]) => `${name}: ${isSecretHeader(name) ? maskSecret(value) : value}`).join('\n')

type Side = 'request' | 'response'

const startLine = (exchange: Exchange, side: Side): string =>
  side === 'request'
    ? `${exchange.request.method} ${exchange.request.url} ${exchange.request.httpVersion}`
    : `${exchange.response?.httpVersion ?? ''} ${exchange.response?.status ?? ''} ${exchange.response?.statusText ?? ''}`

function Message({ step, analysis, side }: PanelProps & { side: Side }) {
  const fetched = useExchange(step)
  if (fetched.kind === 'failed') return <p className={styles.quiet}>The body could not be fetched: {fetched.why}</p>
  if (fetched.kind === 'waiting') return <Loader size="xs" type="dots" m="md" />
  const message = fetched.exchange[side]
  if (message === undefined) return <p className={styles.quiet}>No answer was recorded.</p>
  const { headers, body } = message
  const explanation = side === 'response' ? explainAnswer(step.operation, step.decoded) : null
  return (
    <>
      <p className={styles.startLine}>{startLine(fetched.exchange, side)}</p>
      <Section
        title={`Headers (${headers.length})`}
        action={<Copy value={asText(headers)} label="Copy headers, secrets masked" />}
      >
        <HeaderList headers={headers} />
      </Section>
      <BodyView
        body={body}
        explained={explanation?.fields.length ? <ExplainedFields of={explanation} analysis={analysis} /> : null}
      />
    </>
  )
}

export const RequestPanel = (props: PanelProps) => <Message {...props} side="request" />
export const ResponsePanel = (props: PanelProps) => <Message {...props} side="response" />
