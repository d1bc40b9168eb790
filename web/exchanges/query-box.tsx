/** The box a query is typed into: what could come next is offered below it, and what is wrong is said there. */
import { CloseButton, Combobox, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useId } from 'react'
import type { Suggestion } from '../../shared/query/complete.ts'
import type { Known, QueryError, Subject } from '../../shared/query/query.ts'
import { shownText } from '../../shared/shown-text.ts'
import { EXAMPLES } from './examples.ts'
import { filterId, takeFocus } from './filter-focus.ts'
import styles from './query.module.css'
import { useCompletion } from './use-completion.ts'
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

export function QueryBox({ typed, subjects, known }: QueryBoxProps) {
  const { text, parsed, ask } = typed
  const { input, popup, suggestions, read, look, change, take, keys } = useCompletion(typed, subjects, known)
  const errorId = useId()
  const [settled] = useDebouncedValue(text, PATIENCE_MS)
  const error = settled === text ? parsed.error : null
  useEffect(takeFocus, [])
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
            onFocus={look}
            onBlur={() => popup.closeDropdown()}
            onKeyUp={read}
            onClick={look}
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
