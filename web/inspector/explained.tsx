/** An object of the wire: every field beside what it is, what its value says, and where that is written. */
import { Fragment, type ReactNode } from 'react'
import type { Explained, Explanation } from '../../shared/acme/explain/explain.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { Chip } from '../theme/chip.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { Cite } from './cite.tsx'
import styles from './explained.module.css'
import { Mentions, NamedLinks } from './named.tsx'

interface Props<T> {
  readonly of: T
  readonly analysis: Analysis
  /** The step that is looked at. */
  readonly here: string
  /** What else is to be said of a field's value, by the field's name. */
  readonly marks?: ReadonlyMap<string, ReactNode>
}

const NotRegistered = () => <Chip tone="plain">not registered</Chip>

/** What a field is, and where that is written; what nobody registered says so. */
export function FieldText({ of: { text, reference, registered } }: { of: Omit<Explained, 'inside'> }) {
  if (text === null) return registered ? null : <NotRegistered />
  return (
    <p className={styles.text}>
      {text} {reference && <Cite of={reference} />} {!registered && <NotRegistered />}
    </p>
  )
}

function Meaning({ of: { meaning } }: { of: Explained }) {
  if (meaning === null) return null
  if (meaning.text === null) return <NotRegistered />
  return (
    <span className={styles.meaning}>
      {meaning.text} {meaning.reference && <Cite of={meaning.reference} />} {!meaning.registered && <NotRegistered />}
    </span>
  )
}

/** So long without a space is no word but octets, of which the beginning will do. */
const OCTETS = /^\S{200,}$/

/** A value, one line for each element; each leads to what it names. */
function Value({ of: { value }, analysis, here }: Props<Explained>) {
  if (OCTETS.test(value))
    return (
      <div className={`${styles.value} ${styles.long}`}>
        <WireText text={value} />
      </div>
    )
  return value.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a value never change
    <span key={index} className={styles.value}>
      {index > 0 && '\n'}
      <WireText text={line} /> <NamedLinks value={line} analysis={analysis} here={here} />
      <Mentions text={line} analysis={analysis} here={here} />
    </span>
  ))
}

/** An element of a list, or a member that is a name: closed, since its headline tells it from the others. */
const Element = ({ of, analysis, here, open }: Props<Explained> & { readonly open: boolean }) => (
  <details className={styles.element} open={open}>
    <summary className={styles.value}>
      <WireText text={of.value || of.field} />
    </summary>
    {of.inside && <Inside of={of.inside} analysis={analysis} here={here} />}
  </details>
)

const Inside = ({ marks: _, ...props }: Props<Explanation>) => (
  <div className={styles.inside}>
    <ExplainedFields {...props} />
  </div>
)

const isElement = ({ text, inside }: Explained): boolean => text === null && inside !== null

/** Fields of their own, which are shown below, as wide as they can be. */
const insideOf = ({ inside, value }: Explained): Explanation | null =>
  inside !== null && value === '' && !inside.fields.every(isElement) ? inside : null

function FieldValue(props: Props<Explained>) {
  const { inside, value } = props.of
  if (inside === null) return <Value {...props} />
  if (value !== '') return <Element {...props} open={false} />
  return (
    <>
      {inside.fields.map((one) => (
        <Element key={one.field} {...props} of={one} open={inside.fields.length === 1} />
      ))}
      <Omitted count={inside.omitted} />
    </>
  )
}

/** `externalAccountRequired` may be broken before its capitals. */
const Name = ({ name }: { name: string }) =>
  name.split(/(?=[A-Z-])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name never change
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))

function Field(props: Props<Explained>) {
  const { of } = props
  const inside = insideOf(of)
  return (
    <div className={styles.field}>
      <dt>
        <Name name={of.field} />
      </dt>
      <dd>
        {of.inside !== null && <FieldText of={of} />}
        {inside === null && <FieldValue {...props} />} {props.marks?.get(of.field)}
        <Meaning of={of} />
        {of.inside === null && <FieldText of={of} />}
      </dd>
      {inside !== null && (
        <dd className={styles.below}>
          <Inside {...props} of={inside} />
        </dd>
      )}
    </div>
  )
}

const Omitted = ({ count }: { count: number }) =>
  count > 0 && <div className={styles.omitted}>and {count} more, which are not shown here</div>

export const ExplainedFields = (props: Props<Explanation>) => (
  <>
    <dl className={styles.fields}>
      {props.of.fields.map((one) => (
        <Field key={one.field} {...props} of={one} />
      ))}
    </dl>
    <Omitted count={props.of.omitted} />
  </>
)
