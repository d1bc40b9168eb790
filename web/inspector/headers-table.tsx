/** Headers as they were sent, each beside what it is for and what its value leads to. */
import { Switch, TextInput } from '@mantine/core'
import { Fragment, useMemo, useState } from 'react'
import { create } from 'zustand'
import { type ExplainedHeader, explainHeaders, type MessageContext } from '../../shared/acme/explain/headers.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import type { Headers } from '../../shared/exchange.ts'
import { headersText } from '../../shared/export/http-text.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Cite } from './cite.tsx'
import { Aside, Copy, Section } from './facts.tsx'
import { hiddenLength } from './hidden-length.ts'
import styles from './message.module.css'
import { NamedLinks } from './named.tsx'

/** Who wants every header explained wants it for the next message as well. */
const useExplainAll = create<{ readonly all: boolean }>(() => ({ all: false }))

interface HeadersProps {
  /** As they may be shown. */
  readonly headers: Headers
  /** The same with their secrets. */
  readonly original: Headers
  readonly context: MessageContext
  readonly analysis: Analysis
  readonly here: string
}

/** Of more than this, those that are looked for are found by typing. */
const FILTER_FROM = 12
const MOST_SHOWN = 300

const contains = ({ name, value }: ExplainedHeader, wanted: string): boolean =>
  `${name}: ${value}`.toLowerCase().includes(wanted.toLowerCase())

export function HeadersTable({ headers, original, context, analysis, here }: HeadersProps) {
  const [wanted, setWanted] = useState('')
  const { all } = useExplainAll()
  const { url, isAcme } = context
  const explained = useMemo(
    () =>
      explainHeaders(headers, { url, isAcme }).map((header, place) => ({
        ...header,
        place,
        hidden: hiddenLength(header.value, original[place]?.[1] ?? header.value),
      })),
    [headers, original, url, isAcme],
  )
  const found = explained.filter((header) => contains(header, wanted))
  const shown = found.slice(0, MOST_SHOWN)
  const hasOthers = explained.some(({ text, matters }) => text !== null && !matters)
  return (
    <Section
      title={headers.length === 1 ? '1 header' : `${headers.length} headers`}
      action={
        <>
          {headers.length > FILTER_FROM && (
            <TextInput
              size="xs"
              w={150}
              placeholder="Find a header"
              aria-label="Find a header"
              value={wanted}
              onChange={({ currentTarget }) => setWanted(currentTarget.value)}
            />
          )}
          {hasOthers && (
            <Switch
              size="xs"
              label="Explain all"
              checked={all}
              onChange={({ currentTarget }) => useExplainAll.setState({ all: currentTarget.checked })}
            />
          )}
          {headers.length > 0 && <Copy value={() => headersText(headers)} label="Copy all headers" />}
        </>
      }
    >
      {shown.length > 0 && (
        <dl className={styles.headers}>
          {shown.map((header) => (
            <Header key={header.place} of={header} isTold={all || header.matters} analysis={analysis} here={here} />
          ))}
        </dl>
      )}
      {found.length > shown.length && <Aside>and {found.length - shown.length} more, which are not shown here</Aside>}
      {found.length === 0 && <Aside>{headers.length === 0 ? 'None were sent.' : 'None is like that.'}</Aside>}
    </Section>
  )
}

interface HeaderProps {
  readonly of: ExplainedHeader & { readonly hidden: number }
  readonly isTold: boolean
  readonly analysis: Analysis
  readonly here: string
}

const Header = ({ of, isTold, analysis, here }: HeaderProps) => (
  <div className={styles.header} data-known={of.matters}>
    <dt title={of.text ?? undefined}>
      <WireText text={of.name} />
    </dt>
    <dd>
      <span className={styles.headerValue}>
        <WireText text={of.value} />
      </span>
      {of.hidden > 0 && <Aside> {of.hidden} characters, masked</Aside>}
      <span className={styles.headerCopy}>
        <Copy value={of.value} label={`Copy ${of.name.slice(0, 60)}`} />
      </span>
      {of.names.map((name) => (
        <div key={name} className={styles.headerNames}>
          <NamedLinks value={name} analysis={analysis} here={here} />
        </div>
      ))}
      {isTold && <HeaderText of={of} />}
    </dd>
  </div>
)

/** What it is for; or, where this very value means something, that. */
export function HeaderText({ of: { text, reference, says } }: { of: ExplainedHeader }) {
  if (text === null) return null
  const said = says.length > 0 ? says : [{ text, reference }]
  return (
    <p className={styles.headerText}>
      {said.map((one) => (
        <Fragment key={one.text}>
          {one.text} {one.reference && <Cite of={one.reference} />}{' '}
        </Fragment>
      ))}
    </p>
  )
}
