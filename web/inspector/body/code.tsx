/** Text of any length in an editor that only reads. */
import { Button } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { shownText } from '../../../shared/shown-text.ts'
import styles from './body.module.css'
import { fitText, SHOWN_FIRST } from './readings.ts'

const CodeView = lazy(() => import('./code-view.tsx').then(({ CodeView }) => ({ default: CodeView })))

interface CodeProps {
  readonly text: string
  readonly json: boolean
  readonly label: string
}

const count = new Intl.NumberFormat('en')

export function Code({ text, json, label }: CodeProps) {
  const [all, setAll] = useState(false)
  const fitted = useMemo(() => fitText(text, all), [text, all])
  return (
    <>
      <Suspense fallback={<pre className={styles.plain}>{shownText(fitted.text.slice(0, 4000))}</pre>}>
        <CodeView text={fitted.text} json={json} label={label} />
      </Suspense>
      {(fitted.hidden > 0 || fitted.broken) && (
        <p className={styles.told}>
          {fitted.hidden > 0 && `The first ${count.format(SHOWN_FIRST)} characters of ${count.format(text.length)}. `}
          {fitted.broken && 'Long lines are broken here, though not in what is copied. '}
          {fitted.hidden > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => setAll(true)}>
              Show all
            </Button>
          )}
        </p>
      )}
    </>
  )
}
