/** All clients there is a recipe for, to be found by name, by arrow keys or by a look. */
import { TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { Recipe } from './recipes/recipe.ts'
import { recipes } from './recipes.ts'
import styles from './setup.module.css'

const fits =
  (search: string) =>
  ({ label, words, id }: Recipe): boolean =>
    search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${label} ${id} ${words}`.toLowerCase().includes(word))

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => (at === last ? 0 : at + 1),
  ArrowUp: (at, last) => (at <= 0 ? last : at - 1),
  Home: () => 0,
  End: (_, last) => last,
}

interface ClientPickerProps {
  readonly chosen: Recipe
  readonly choose: (recipe: Recipe) => void
}

export function ClientPicker({ chosen, choose }: ClientPickerProps) {
  const [search, setSearch] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const shown = recipes.filter(fits(search))
  const at = shown.indexOf(chosen)

  const move = (event: KeyboardEvent) => {
    const next = MOVES[event.key]?.(at, shown.length - 1)
    const recipe = next === undefined ? undefined : shown[next]
    if (recipe === undefined || next === undefined) return
    event.preventDefault()
    choose(recipe)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
  }
  const find = (event: KeyboardEvent<HTMLInputElement>) => {
    const [first] = shown
    if (event.key === 'Enter' && first !== undefined) choose(first)
    if (event.key === 'ArrowDown') list.current?.querySelector<HTMLElement>('[role="tab"]')?.focus()
  }

  return (
    <div className={styles.picker}>
      <TextInput
        size="xs"
        placeholder="Find a client"
        aria-label="Find a client"
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={find}
      />
      <div ref={list} role="tablist" aria-orientation="vertical" aria-label="Client" className={styles.clients}>
        {shown.map((recipe, index) => (
          <UnstyledButton
            key={recipe.id}
            role="tab"
            id={`client-${recipe.id}`}
            aria-selected={recipe === chosen}
            aria-controls="recipe"
            tabIndex={recipe === chosen || (at < 0 && index === 0) ? 0 : -1}
            className={styles.client}
            onClick={() => choose(recipe)}
            onKeyDown={move}
          >
            <span className={styles.sign} aria-hidden="true">
              {recipe.sign}
            </span>
            {recipe.label}
          </UnstyledButton>
        ))}
      </div>
      {shown.length === 0 && (
        <p className={styles.none}>No recipe of that name. Most clients read what “Any shell” sets.</p>
      )}
    </div>
  )
}
