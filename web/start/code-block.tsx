/** Lines to copy, with the numbers of what they do beside them. */
import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { Part } from './recipes/recipe.ts'
import styles from './setup.module.css'

const STEPS = { 1: 'Its traffic goes through the recorder', 2: 'It trusts the recorder' } as const

const Copy = ({ text, strong }: { text: string; strong: boolean }) => (
  <CopyButton value={text} timeout={1500}>
    {({ copied, copy }) => (
      <Button
        size="compact-sm"
        variant={copied ? 'light' : strong ? 'filled' : 'default'}
        className={styles.copy ?? ''}
        leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        onClick={copy}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
    )}
  </CopyButton>
)

const Legend = () => (
  <ol className={styles.legend}>
    {([1, 2] as const).map((step) => (
      <li key={step} data-step={step}>
        <span className={styles.number} aria-hidden="true">
          {step}
        </span>
        {STEPS[step]}
      </li>
    ))}
  </ol>
)

export function CodeBlock({ parts, label }: { parts: readonly Part[]; label: string }) {
  const isNumbered = parts.some(([step]) => step !== null)
  return (
    <div className={styles.code} data-numbered={isNumbered}>
      <div className={styles.codeHead}>
        {isNumbered ? <Legend /> : <span>{label}</span>}
        {/* What is to be done first of all is what the numbers stand beside. */}
        <Copy text={parts.map(([, lines]) => lines).join('\n')} strong={isNumbered} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={styles.lines} aria-label={label} tabIndex={0}>
        {parts.map(([step, lines]) => (
          <div key={lines} className={styles.part} data-step={step}>
            {isNumbered && (
              <span className={styles.number} title={step === null ? undefined : STEPS[step]}>
                {step}
              </span>
            )}
            <pre>{lines}</pre>
          </div>
        ))}
      </section>
    </div>
  )
}
