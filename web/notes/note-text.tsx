/** A note's text as a person reads it: laid out as Markdown when that code is here and the text allows it. */
import { lazy, Suspense } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { shownText } from '../../shared/shown-text.ts'
import { isLayable } from './layable.ts'
import styles from './notes.module.css'

const Markdown = lazy(() => import('./markdown.tsx').then(({ Markdown }) => ({ default: Markdown })))

const AsWritten = ({ text }: { text: string }) => <pre className={styles.written}>{text}</pre>

export function NoteText({ text }: { text: string }) {
  const shown = shownText(text)
  const written = <AsWritten text={shown} />
  return (
    <div className={styles.text} data-testid="note-text">
      {isLayable(text) ? (
        <ErrorBoundary fallback={written} resetKeys={[shown]}>
          <Suspense fallback={written}>
            <Markdown text={shown} />
          </Suspense>
        </ErrorBoundary>
      ) : (
        written
      )}
    </div>
  )
}
