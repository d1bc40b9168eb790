/** All that can be asked for, from the table of fields; a press puts it into the box. */
import { ActionIcon, Popover } from '@mantine/core'
import { IconHelp } from '@tabler/icons-react'
import { useState } from 'react'
import type { FieldRow } from '../../shared/query/fields/row.ts'
import { CHAPTERS } from '../../shared/query/fields.ts'
import { EXAMPLES } from './examples.ts'
import styles from './query.module.css'

const choicesOf = (row: FieldRow): string =>
  row.kind === 'choice' ? ` One of ${row.choices.map(({ value }) => value).join(', ')}.` : ''

function Line({ query, meaning, ask }: { query: string; meaning: string; ask: (query: string) => void }) {
  return (
    <li>
      <button type="button" onClick={() => ask(query)}>
        {query}
      </button>
      <span className={styles.helpMeaning}>{meaning}</span>
    </li>
  )
}

/** @param ask puts a query in place of the one there is */
export function QueryHelp({ ask }: { ask: (query: string) => void }) {
  const [isOpen, setOpen] = useState(false)
  const take = (query: string) => {
    setOpen(false)
    ask(query)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={680} trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="What can be asked" onClick={() => setOpen(!isOpen)}>
          <IconHelp size={17} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={styles.help} aria-label="What can be asked">
        <p>
          Conditions that stand together must all hold. <code className={styles.helpCode}>OR</code> between them asks
          for either, <code className={styles.helpCode}>-</code> before one leaves it out, brackets hold together,{' '}
          <code className={styles.helpCode}>"quotes"</code> hold words together.{' '}
          <code className={styles.helpCode}>=</code> asks for the whole value,{' '}
          <code className={styles.helpCode}>&gt; &gt;= &lt; &lt;= a..b</code> for amounts and times. A word without a
          field is looked for everywhere.
        </p>
        <section>
          <h3>For example</h3>
          <ul>
            {EXAMPLES.map((example) => (
              <Line key={example.query} {...example} ask={take} />
            ))}
          </ul>
        </section>
        {CHAPTERS.map(({ title, rows }) => (
          <section key={title}>
            <h3>{title}</h3>
            <ul>
              {rows.map((row) => (
                <Line key={row.name} query={row.example} meaning={`${row.meaning}${choicesOf(row)}`} ask={take} />
              ))}
            </ul>
          </section>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
