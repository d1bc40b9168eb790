/** The box a query is typed into: what could come next is offered below it, and what is wrong is said there. */
import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { complete, offersIn, type Suggestion } from '../../shared/query/complete.ts'
import type { TextRow } from '../../shared/query/fields/row.ts'
import type { Known, QueryError, Subject } from '../../shared/query/query.ts'
import { shownText } from '../../shared/shown-text.ts'
import { EXAMPLES } from './examples.ts'
import { filterId, takeFocus } from './filter-focus.ts'
import styles from './query.module.css'
import type { TypedQuery } from './use-query.ts'

/** An unfinished word is no mistake: what is wrong is said to who stopped typing for as long, in ms. */
const PATIENCE_MS = 600

function Wrong({ id, text, error }: { id: string; text: string; error: QueryError }) {
  return (
    <p className={styles.wrong} id={id} role="status">
      <code className={styles.wrongText}>
        {shownText(text.slice(Math.max(0, error.from - 24), error.from))}
        <mark>{shownText(text.slice(error.from, error.to)) || '\u2038'}</mark>
        {shownText(text.slice(error.to, error.to + 24))}
      </code>
      <span>
        Character {error.from + 1}: {shownText(error.message)}; {shownText(error.fix)}.
      </span>
    </p>
  )
}

const Offer = ({ kind, text, detail }: Suggestion) => (
  <Combobox.Option value={text} className={styles.offer} data-kind={kind}>
    <code>{shownText(text)}</code>
    <span>{detail}</span>
  </Combobox.Option>
)

const Examples = () => (
  <Combobox.Group label="For example">
    {EXAMPLES.map(({ query, meaning }) => (
      <Combobox.Option key={query} value={query} className={styles.offer} data-kind="example">
        <code>{query}</code>
        <span>{meaning}</span>
      </Combobox.Option>
    ))}
  </Combobox.Group>
)

interface QueryBoxProps {
  readonly typed: TypedQuery
  readonly subjects: readonly Subject[]
  readonly known: Known
}

/** Values of a field in the recording, counted once for as long as nothing arrives. */
function useOffers(subjects: readonly Subject[], known: Known) {
  return useMemo(() => {
    const counted = new Map<string, ReturnType<typeof offersIn>>()
    return (row: TextRow) => {
      const offers = counted.get(row.name) ?? offersIn(row, subjects, known)
      counted.set(row.name, offers)
      return offers
    }
  }, [subjects, known])
}

export function QueryBox({ typed, subjects, known }: QueryBoxProps) {
  const { text, parsed, type, ask } = typed
  const input = useRef<HTMLInputElement>(null)
  const [cursor, setCursor] = useState(0)
  const place = useRef<number | null>(null)
  const popup = useCombobox({ onDropdownClose: () => popup.resetSelectedOption() })
  const offersOf = useOffers(subjects, known)
  const offered = useMemo(
    () => (popup.dropdownOpened ? complete(text, cursor, offersOf) : null),
    [popup.dropdownOpened, text, cursor, offersOf],
  )
  const errorId = useId()
  const [settled] = useDebouncedValue(text, PATIENCE_MS)
  const error = settled === text ? parsed.error : null

  useEffect(takeFocus, [])
  useLayoutEffect(() => {
    if (place.current === null) return
    input.current?.setSelectionRange(place.current, place.current)
    place.current = null
  })

  const look = () => setCursor(input.current?.selectionStart ?? 0)
  const change = (next: string) => {
    type(next)
    look()
    popup.resetSelectedOption()
    // Between two words everything could be said: that is offered to who asks for it.
    const { from, to, suggestions } = complete(next, input.current?.selectionStart ?? 0, offersOf)
    if (suggestions.length > 0 && (from < to || next === '')) popup.openDropdown()
    else popup.closeDropdown()
  }
  const take = (taken: string) => {
    if (text === '') {
      const isField = taken.endsWith(':')
      if (isField) type(taken)
      else ask(taken)
      place.current = taken.length
      setCursor(taken.length)
      return isField ? popup.resetSelectedOption() : popup.closeDropdown()
    }
    const { from, to } = offered ?? { from: cursor, to: cursor }
    const isField = taken.endsWith(':')
    const rest = text.slice(to)
    const gap = isField || rest.startsWith(' ') ? '' : ' '
    place.current = from + taken.length + (isField ? 0 : 1)
    type(`${text.slice(0, from)}${taken}${gap}${rest}`)
    setCursor(place.current)
    popup.resetSelectedOption()
    if (!isField) popup.closeDropdown()
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const isOpen = popup.dropdownOpened && (offered?.suggestions.length ?? 0) > 0
    if (event.key === 'Tab' && !event.shiftKey && isOpen && offered !== null && offered.from < offered.to) {
      const first = offered.suggestions[0]?.text
      if (first === undefined || first === text.slice(offered.from, offered.to)) return
      event.preventDefault()
      if (popup.getSelectedOptionIndex() >= 0) popup.clickSelectedOption()
      else take(first)
    }
    if (event.key === 'Enter' && popup.getSelectedOptionIndex() < 0) {
      ask(text)
      popup.closeDropdown()
    }
    if (event.key !== 'Escape') return
    event.stopPropagation()
    if (isOpen) return
    if (text === '') event.currentTarget.blur()
    else ask('')
  }

  const suggestions = offered?.suggestions ?? []
  return (
    <div className={styles.query}>
      <Combobox store={popup} onOptionSubmit={take} withinPortal={false} position="bottom-start" width="target">
        <Combobox.Target withExpandedAttribute>
          <TextInput
            ref={input}
            id={filterId}
            size="xs"
            aria-label="Search exchanges"
            aria-invalid={parsed.error !== null}
            aria-describedby={error === null ? undefined : errorId}
            placeholder="host:cloudflare status:>=400 -op:newNonce, or any words"
            spellCheck={false}
            autoComplete="off"
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            rightSection={text === '' ? null : <CloseButton size="xs" aria-label="Clear" onClick={() => ask('')} />}
            classNames={{ input: styles.queryInput }}
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
            onFocus={() => {
              look()
              if (text === '') popup.openDropdown()
            }}
            onBlur={() => popup.closeDropdown()}
            onKeyUp={look}
            onClick={() => {
              look()
              if (text === '') popup.openDropdown()
            }}
            onKeyDown={keys}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={suggestions.length === 0}>
          <Combobox.Options className={styles.offers}>
            {text === '' && <Examples />}
            {text === '' ? (
              <Combobox.Group label="Fields">
                {suggestions.map((one) => (
                  <Offer key={one.text} {...one} />
                ))}
              </Combobox.Group>
            ) : (
              suggestions.map((one) => <Offer key={one.text} {...one} />)
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {error !== null && !popup.dropdownOpened && <Wrong id={errorId} text={text} error={error} />}
    </div>
  )
}
