/** A body: JSON laid out to be read, or as it was sent; what is not here says why. */
import { SegmentedControl } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import type { Body } from '../../shared/exchange.ts'
import { byteSize } from '../theme/time.ts'
import { Copy, Section } from './facts.tsx'
import styles from './inspector.module.css'

const CodeView = lazy(() => import('./code-view.tsx').then(({ CodeView }) => ({ default: CodeView })))

/** Longer ones are shown as sent: laying them out would hold up the page. */
const LAID_OUT_UP_TO = 2_000_000

/** Indented JSON; null for what is no JSON, or too much of it. */
export function layOut(text: string): string | null {
  if (text.length > LAID_OUT_UP_TO || !/^\s*[[{]/.test(text)) return null
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return null
  }
}

export const Code = ({ text, json, label }: { text: string; json: boolean; label: string }) => (
  <Suspense fallback={<pre className={styles.plainCode}>{text.slice(0, 4000)}</pre>}>
    <CodeView text={text} json={json} label={label} />
  </Suspense>
)

type Reading = 'explained' | 'read' | 'sent'

const labels: Readonly<Record<Reading, string>> = { explained: 'Explained', read: 'Readable', sent: 'As sent' }

interface BodyProps<T> {
  readonly body: T
  /** The body as an object of ACME, every field beside what it is; null when it is none. */
  readonly explained?: ReactNode
}

function TextBody({ body: { text }, explained = null }: BodyProps<Extract<Body, { kind: 'text' }>>) {
  const readable = useMemo(() => layOut(text), [text])
  const readings: readonly Reading[] = [
    ...(explained === null ? [] : (['explained'] as const)),
    ...(readable === null ? [] : (['read'] as const)),
    ...(readable === text ? [] : (['sent'] as const)),
  ]
  const [chosen, setChosen] = useState<Reading | null>(null)
  const reading = chosen ?? readings[0] ?? 'sent'
  return (
    <Section
      title={`Body, ${byteSize(new Blob([text]).size)}`}
      action={
        <>
          {readings.length > 1 && (
            <SegmentedControl
              size="xs"
              value={reading}
              onChange={(value) => setChosen(value as Reading)}
              data={readings.map((value) => ({ value, label: labels[value] }))}
            />
          )}
          <Copy value={text} label="Copy body as sent" />
        </>
      }
    >
      {reading === 'explained' ? (
        explained
      ) : (
        <Code text={reading === 'read' ? (readable ?? text) : text} json={readable !== null} label="Body" />
      )}
    </Section>
  )
}

export function BodyView({ body, explained }: BodyProps<Body>) {
  switch (body.kind) {
    case 'text':
      return <TextBody body={body} explained={explained} />
    case 'empty':
      return <p className={styles.quiet}>No body.</p>
    case 'omitted':
      return (
        <p className={styles.quiet}>
          Body not recorded ({byteSize(body.bytes)}): {body.reason}
        </p>
      )
    case 'base64':
      return (
        <Section title="Body, binary, as base64" action={<Copy value={body.base64} label="Copy base64" />}>
          <Code text={body.base64.replace(/(.{76})/g, '$1\n')} json={false} label="Body as base64" />
        </Section>
      )
  }
}
