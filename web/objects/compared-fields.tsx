/** The fields of a wire object, each explained, with a mark where it is new, gone or different. */
import { IconMinus, IconPlus, IconTilde } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { ComparedField, Comparison, Line, Mark } from '../../shared/acme/course/compared.ts'
import { objectAtOrAbove } from '../../shared/acme/course/found.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { shownText } from '../../shared/shown-text.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { Chip } from '../theme/chip.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { Cite } from './frame.tsx'
import styles from './wire.module.css'

interface Props<T> {
  readonly of: T
  readonly analysis: Analysis
}

const signs = {
  added: { Icon: IconPlus, label: 'new' },
  removed: { Icon: IconMinus, label: 'gone' },
  changed: { Icon: IconTilde, label: 'changed' },
} as const

function Sign({ mark }: { mark: Mark }) {
  if (mark === 'same') return <span className={styles.sign} />
  const { Icon, label } = signs[mark]
  return (
    <span className={styles.sign} data-mark={mark}>
      <Icon size={12} stroke={2.4} aria-label={label} role="img" />
    </span>
  )
}

/** A link to the object that a value names, where the recording shows it. */
function Value({ text, analysis }: { text: string; analysis: Analysis }) {
  const named = text.startsWith('http') ? objectAtOrAbove(analysis, text) : null
  if (named === null) return <WireText text={text} mono />
  return (
    <PlaceLink to={{ object: named.object.url }} className={styles.named} title={`the ${named.kind}`}>
      <WireText text={text} mono />
    </PlaceLink>
  )
}

const Lines = ({ lines, analysis }: { lines: readonly Line[]; analysis: Analysis }) => (
  <ul className={styles.lines}>
    {lines.map(({ text, mark }, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never change
      <li key={place} data-mark={mark}>
        {mark !== 'same' && <Sign mark={mark} />}
        {mark === 'removed' ? (
          <del>
            <Value text={text} analysis={analysis} />
          </del>
        ) : (
          <Value text={text} analysis={analysis} />
        )}
      </li>
    ))}
  </ul>
)

const NotRegistered = () => <Chip tone="plain">not registered</Chip>

function Words({ explained: { text, reference, registered, meaning } }: Pick<ComparedField, 'explained'>) {
  if (text === null && registered && meaning === null) return null
  return (
    <p className={styles.words}>
      {meaning?.text && <span className={styles.meaning}>{meaning.text}. </span>}
      {text} <Cite of={reference} /> {(!registered || (meaning !== null && !meaning.registered)) && <NotRegistered />}
    </p>
  )
}

const isTouched = ({ mark, inside }: ComparedField): boolean => mark !== 'same' || (inside?.changes ?? 0) > 0

/** An element of a list is closed while its headline says enough, and open when something in it changed. */
function Element({ of, analysis }: Props<ComparedField>) {
  const headline = of.explained.value || of.field
  return (
    <div className={styles.element} data-mark={of.mark}>
      <Sign mark={of.mark} />
      {of.inside ? (
        <details open={isTouched(of)}>
          <summary>
            <WireText text={headline} mono />
          </summary>
          <ComparedFields of={of.inside} analysis={analysis} />
        </details>
      ) : (
        <Lines lines={of.lines} analysis={analysis} />
      )}
    </div>
  )
}

/** `externalAccountRequired` may be broken before its capitals. */
const Name = ({ name }: { name: string }) =>
  name.split(/(?=[A-Z-])/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name never change
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {shownText(part)}
    </Fragment>
  ))

function Field({ of, analysis }: Props<ComparedField>) {
  return (
    <div className={styles.field} data-mark={of.mark} data-testid="wire-field" data-field={of.field.slice(0, 60)}>
      <dt>
        <Sign mark={of.mark} />
        <span className={styles.name}>
          <Name name={of.field} />
        </span>
      </dt>
      <dd>
        {of.inside === null && <Lines lines={of.lines} analysis={analysis} />}
        <Words explained={of.explained} />
        {of.inside !== null && <Inside of={of.inside} analysis={analysis} />}
      </dd>
    </div>
  )
}

const Inside = ({ of, analysis }: Props<Comparison>) => (
  <div className={styles.inside}>
    <ComparedFields of={of} analysis={analysis} />
  </div>
)

export function ComparedFields({ of: { fields, omitted }, analysis }: Props<Comparison>) {
  const isList = fields[0]?.isElement === true
  return (
    <>
      {isList ? (
        fields.map((field, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the elements of one comparison never change
          <Element key={place} of={field} analysis={analysis} />
        ))
      ) : (
        <dl className={styles.object}>
          {fields.map((field, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a field may be there twice, new and gone
            <Field key={place} of={field} analysis={analysis} />
          ))}
        </dl>
      )}
      {omitted > 0 && <p className={styles.words}>and {omitted} more, which are not shown here</p>}
    </>
  )
}
