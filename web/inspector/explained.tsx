/** An object of the wire: every field beside what it is, what its value says, and where that is written. */
import { Fragment } from 'react'
import type { Explained, Explanation } from '../../shared/acme/explain/explain.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { Chip } from '../theme/chip.tsx'
import styles from './explained.module.css'
import { StepLink } from './facts.tsx'
import { firstShown } from './objects.ts'

interface Props<T> {
  readonly of: T
  readonly analysis: Analysis
}

const NotRegistered = () => <Chip tone="plain">not registered</Chip>

/** What a field is, and where that is written; what nobody registered says so. */
export function FieldText({ of: { text, reference, registered } }: { of: Omit<Explained, 'inside'> }) {
  if (text === null) return registered ? null : <NotRegistered />
  return (
    <p className={styles.text}>
      {text}{' '}
      {reference && (
        <a href={reference.url} target="_blank" rel="noreferrer" title={reference.title}>
          {shortCitationOf(reference)}
        </a>
      )}{' '}
      {!registered && <NotRegistered />}
    </p>
  )
}

function Meaning({ of: { meaning } }: { of: Explained }) {
  if (meaning === null) return null
  if (meaning.text === null) return <NotRegistered />
  return (
    <span className={styles.meaning} title={meaning.reference?.title}>
      {meaning.text} {!meaning.registered && <NotRegistered />}
    </span>
  )
}

/** So long without a space is no word but octets, of which the beginning will do. */
const OCTETS = /^\S{200,}$/

/** A value, one line for each element; a URL of an object the recording shows leads to it. */
function Value({ of: { value }, analysis }: Props<Explained>) {
  if (OCTETS.test(value)) return <div className={`${styles.value} ${styles.long}`}>{value}</div>
  return value.split('\n').map((line, index) => {
    const seen = firstShown(analysis, line)
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a value never change
      <span key={index} className={styles.value}>
        {index > 0 && '\n'}
        {line}
        {seen !== null && ' '}
        {seen !== null && <StepLink analysis={analysis} exchange={seen} />}
      </span>
    )
  })
}

/** An element of a list, or a member that is a name: closed, since its headline tells it from the others. */
const Element = ({ of, analysis, open }: Props<Explained> & { readonly open: boolean }) => (
  <details className={styles.element} open={open}>
    <summary className={styles.value}>{of.value || of.field}</summary>
    {of.inside && <Inside of={of.inside} analysis={analysis} />}
  </details>
)

const Inside = ({ of, analysis }: Props<Explanation>) => (
  <div className={styles.inside}>
    <ExplainedFields of={of} analysis={analysis} />
  </div>
)

const isElement = ({ text, inside }: Explained): boolean => text === null && inside !== null

/** Fields of their own, which are shown below, as wide as they can be. */
const insideOf = ({ inside, value }: Explained): Explanation | null =>
  inside !== null && value === '' && !inside.fields.every(isElement) ? inside : null

function FieldValue({ of, analysis }: Props<Explained>) {
  const { inside, value } = of
  if (inside === null) return <Value of={of} analysis={analysis} />
  if (value !== '') return <Element of={of} analysis={analysis} open={false} />
  return (
    <>
      {inside.fields.map((one) => (
        <Element key={one.field} of={one} analysis={analysis} open={inside.fields.length === 1} />
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

function Field({ of, analysis }: Props<Explained>) {
  const inside = insideOf(of)
  return (
    <div className={styles.field}>
      <dt>
        <Name name={of.field} />
      </dt>
      <dd>
        {of.inside !== null && <FieldText of={of} />}
        {inside === null && <FieldValue of={of} analysis={analysis} />}
        <Meaning of={of} />
        {of.inside === null && <FieldText of={of} />}
      </dd>
      {inside !== null && (
        <dd className={styles.below}>
          <Inside of={inside} analysis={analysis} />
        </dd>
      )}
    </div>
  )
}

const Omitted = ({ count }: { count: number }) =>
  count > 0 && <div className={styles.omitted}>and {count} more, which are not shown here</div>

export const ExplainedFields = ({ of, analysis }: Props<Explanation>) => (
  <>
    <dl className={styles.fields}>
      {of.fields.map((one) => (
        <Field key={one.field} of={one} analysis={analysis} />
      ))}
    </dl>
    <Omitted count={of.omitted} />
  </>
)
