/** A certificate or a request in full, as OpenSSL would print it. Made when somebody opens it. */
import { useMemo, useState } from 'react'
import { shownText } from '../../shared/shown-text.ts'
import { toText } from '../../shared/x509/to-text.ts'
import own from './certificate.module.css'
import styles from './facts.module.css'
import { Copy } from './facts.tsx'

interface FullTextProps {
  readonly document: { readonly pem: string }
  /** The command that prints the same. */
  readonly command: string
}

function Lines({ document: { pem }, command }: FullTextProps) {
  const text = useMemo(() => toText({ pem }).join('\n'), [pem])
  return (
    <div className={own.fullText}>
      <span className={own.fullTextCopy}>
        <Copy value={text} label="Copy text" />
      </span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and a keyboard must reach it */}
      <section tabIndex={0} aria-label={command}>
        <pre>{shownText(text)}</pre>
      </section>
    </div>
  )
}

export function FullText(props: FullTextProps) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.details} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        In full, as <code className={own.command}>{props.command}</code> shows it
      </summary>
      {open && <Lines {...props} />}
    </details>
  )
}
