/** A body, in one of the ways it can be read; what is not here says why. */
import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { create } from 'zustand'
import type { Body, Headers } from '../../../shared/exchange.ts'
import { bodyBytes } from '../../../shared/export/sendable.ts'
import { byteSize } from '../../theme/time.ts'
import { WireText } from '../../theme/wire-text.tsx'
import { Copy, Quiet, Section } from '../facts.tsx'
import styles from './body.module.css'
import { Code } from './code.tsx'
import { HexView } from './hex-view.tsx'
import { PictureView } from './picture-view.tsx'
import { formFields, type Readable, type Reading, readable, readingLabels } from './readings.ts'

type WithText = Extract<Body, { kind: 'text' | 'base64' }>

/** Who chose hex once goes on to see hex, where there is any. */
const useChosen = create<{ readonly chosen: Reading | null }>(() => ({ chosen: null }))

interface BodyViewProps<T = Body> {
  readonly body: T
  readonly headers: Headers
  /** The body as an object of ACME, every field beside what it is; null when it is none. */
  readonly explained?: ReactNode
}

export function BodyView({ body, ...rest }: BodyViewProps) {
  switch (body.kind) {
    case 'empty':
      return <Quiet>No body.</Quiet>
    case 'omitted':
      return (
        <Quiet>
          {body.bytes === null
            ? 'The body was not recorded: '
            : `The body, ${byteSize(body.bytes)}, was not recorded: `}
          {body.reason}.
        </Quiet>
      )
    default:
      return <ReadBody body={body} {...rest} />
  }
}

function ReadBody({ body, headers, explained = null }: BodyViewProps<WithText>) {
  const { chosen } = useChosen()
  const isExplained = explained !== null
  const how = useMemo(() => readable(body, headers, isExplained), [body, headers, isExplained])
  const reading = how.readings.find((one) => one === chosen) ?? how.readings[0] ?? 'hex'
  return (
    <Section
      title={`Body, ${byteSize(how.bytes)}`}
      action={
        <>
          {how.readings.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label="How the body is shown"
              value={reading}
              onChange={(value) => useChosen.setState({ chosen: value as Reading })}
              data={how.readings.map((value) => ({ value, label: readingLabels[value] }))}
            />
          )}
          <Copy
            value={body.kind === 'text' ? body.text : body.base64}
            label={body.kind === 'text' ? 'Copy the body as sent' : 'Copy the body as base64'}
          />
        </>
      }
    >
      <Read as={reading} body={body} how={how} explained={explained} />
    </Section>
  )
}

interface ReadProps {
  readonly as: Reading
  readonly body: WithText
  readonly how: Readable
  readonly explained: ReactNode
}

function Read({ as, body, how, explained }: ReadProps) {
  const octets = useMemo(() => (as === 'hex' || as === 'image' ? bodyBytes(body) : new Uint8Array()), [as, body])
  const text = body.kind === 'text' ? body.text : ''
  switch (as) {
    case 'explained':
      return explained
    case 'fields':
      return <Form text={text} />
    case 'read':
      return <Code text={how.pretty ?? text} json={how.isJson} label="Body, laid out" />
    case 'sent':
      return <Code text={text} json={how.isJson} label="Body as sent" />
    case 'image':
      return <PictureView octets={octets} type={how.picture ?? ''} />
    case 'hex':
      return <HexView octets={octets} />
  }
}

const Form = ({ text }: { text: string }) => (
  <table className={styles.form}>
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Value</th>
      </tr>
    </thead>
    <tbody>
      {formFields(text).map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields repeat, and their order never changes
        <tr key={index}>
          <th scope="row">
            <WireText text={name} />
          </th>
          <td>
            <WireText text={value} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
