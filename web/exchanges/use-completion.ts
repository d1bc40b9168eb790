/** What is offered below the query box, and what the box's keys do with it. */
import { useCombobox } from '@mantine/core'
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { complete, type Offered, offersIn, withTaken } from '../../shared/query/complete.ts'
import type { TextRow } from '../../shared/query/fields/row.ts'
import type { Known, Subject } from '../../shared/query/query.ts'
import type { TypedQuery } from './use-query.ts'

/** A field's values are counted over the whole recording: of one that grows only as often, in ms. */
const COUNTED_FOR_MS = 2000

function useOffers(subjects: readonly Subject[], known: Known): (row: TextRow) => readonly Offered[] {
  const latest = useRef({ subjects, known })
  latest.current = { subjects, known }
  const counted = useRef(new Map<string, { readonly at: number; readonly offers: readonly Offered[] }>())
  return useMemo(
    () => (row) => {
      const now = performance.now()
      const before = counted.current.get(row.name)
      if (before && now - before.at < COUNTED_FOR_MS) return before.offers
      const offers = offersIn(row, latest.current.subjects, latest.current.known)
      counted.current.set(row.name, { at: now, offers })
      return offers
    },
    [],
  )
}

/** Puts the cursor where it belongs once the new text is in the box. */
function useCursor() {
  const input = useRef<HTMLInputElement>(null)
  const [cursor, setCursor] = useState(0)
  const wanted = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (wanted.current === null) return
    input.current?.setSelectionRange(wanted.current, wanted.current)
    wanted.current = null
  })
  const put = (at: number) => {
    wanted.current = at
    setCursor(at)
  }
  return { input, cursor, put, read: () => setCursor(input.current?.selectionStart ?? 0) }
}

export function useCompletion(typed: TypedQuery, subjects: readonly Subject[], known: Known) {
  const { text, type, ask } = typed
  const { input, cursor, put, read } = useCursor()
  const popup = useCombobox({ onDropdownClose: () => popup.resetSelectedOption() })
  const offersOf = useOffers(subjects, known)
  const isOpen = popup.dropdownOpened
  const offered = useMemo(() => (isOpen ? complete(text, cursor, offersOf) : null), [isOpen, text, cursor, offersOf])
  const suggestions = offered?.suggestions ?? []

  const look = () => {
    read()
    if (text === '' && document.activeElement === input.current) popup.openDropdown()
  }
  const change = (next: string) => {
    type(next)
    read()
    popup.resetSelectedOption()
    // Between two words everything could be said: that is offered to who asks for it.
    const found = complete(next, input.current?.selectionStart ?? 0, offersOf)
    if (found.suggestions.length > 0 && (found.from < found.to || next === '')) popup.openDropdown()
    else popup.closeDropdown()
  }
  const take = (taken: string) => {
    const next = withTaken(text, offered ?? { from: cursor, to: cursor }, taken)
    type(next.text)
    put(next.cursor)
    popup.resetSelectedOption()
    if (!next.isUnfinished) popup.closeDropdown()
  }
  /** The first that is offered for the word at the cursor; null where it says that already. */
  const nearest = (): string | null => {
    const first = suggestions[0]?.text
    if (first === undefined || offered === null || offered.from === offered.to) return null
    return first === text.slice(offered.from, offered.to) ? null : first
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const first = event.key === 'Tab' && !event.shiftKey ? nearest() : null
    if (first !== null) {
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
    // The list goes first, then what is asked, then the cursor.
    if (suggestions.length > 0) return
    if (text === '') event.currentTarget.blur()
    else ask('')
  }
  return { input, popup, suggestions, read, look, change, take, keys }
}
