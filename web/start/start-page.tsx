/** What an empty recording shows: how to fill it. */
import { UnstyledButton } from '@mantine/core'
import { IconArrowRight, IconFileImport, IconFileText } from '@tabler/icons-react'
import { useState } from 'react'
import type { RecorderInfo } from '../../shared/api.ts'
import type { RecordingSummary } from '../../shared/recording.ts'
import { openRecording } from '../app/open-recording.ts'
import { useShelf } from '../app/use-recordings.ts'
import { Copy } from '../inspector/facts.tsx'
import { useSession } from '../session/session.ts'
import { recipes } from './recipes.ts'
import styles from './start.module.css'

function Waiting() {
  const state = useSession((session) => session.state)
  if (state !== 'live') return <h2 className={styles.title}>This recording is empty</h2>
  return (
    <>
      <h2 className={styles.title} role="status">
        <span className={styles.pulse} aria-hidden="true" />
        Waiting for the first request …
      </h2>
      <p className={styles.lead}>Point an ACME client at the recorder. Its exchanges appear here as they happen.</p>
    </>
  )
}

function Recipes({ recorder }: { recorder: RecorderInfo }) {
  const [chosen, choose] = useState(recipes[0])
  if (chosen === undefined) return null
  const text = chosen.text(recorder)
  return (
    <section className={styles.card} aria-label="How to point a client here">
      <div className={styles.tabs} role="tablist">
        {recipes.map((recipe) => (
          <UnstyledButton
            key={recipe.id}
            role="tab"
            aria-selected={recipe === chosen}
            className={styles.tab}
            onClick={() => choose(recipe)}
          >
            {recipe.label}
          </UnstyledButton>
        ))}
      </div>
      <div className={styles.recipe} role="tabpanel">
        <p>{chosen.note}</p>
        <div className={styles.code}>
          <pre>{text}</pre>
          <span className={styles.copy}>
            <Copy value={text} label="Copy" />
          </span>
        </div>
      </div>
    </section>
  )
}

const Addresses = ({ recorder }: { recorder: RecorderInfo }) => {
  const rows = [
    ['Proxy', recorder.proxy],
    ['Authority (PEM)', recorder.authority.pem],
    ['Bundle with system roots', recorder.authority.bundle],
  ] as const
  return (
    <dl className={styles.addresses}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span>{value}</span>
            <Copy value={value} label={`Copy: ${label}`} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Examples({ examples }: { examples: readonly RecordingSummary[] }) {
  return (
    <section className={styles.examples} aria-label="Or look at something recorded">
      <h3>Or look at something recorded</h3>
      {examples.map(({ id, name, exchanges }) => (
        <UnstyledButton key={id} className={styles.example} onClick={() => openRecording(id)}>
          <IconFileText size={16} stroke={1.6} aria-hidden="true" />
          <span>{name}</span>
          <small>{exchanges} exchanges</small>
          <IconArrowRight size={14} aria-hidden="true" />
        </UnstyledButton>
      ))}
      <p className={styles.dropHint}>
        <IconFileImport size={16} stroke={1.6} aria-hidden="true" />
        Drop a HAR file anywhere in this window; it is decoded here and uploaded nowhere.
      </p>
    </section>
  )
}

export function StartPage() {
  const recorder = useShelf((shelf) => shelf.recorder)
  const recordings = useShelf((shelf) => shelf.recordings)
  return (
    <div className={styles.page} data-testid="start">
      <div className={styles.column}>
        <Waiting />
        {recorder !== null && <Recipes recorder={recorder} />}
        {recorder !== null && <Addresses recorder={recorder} />}
        <Examples examples={recordings.filter(({ origin }) => origin === 'example')} />
      </div>
    </div>
  )
}
