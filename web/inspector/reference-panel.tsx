/** Where it is written. */
import { sectionText } from '../../shared/acme/registry/registry.ts'
import { citationOf } from '../../shared/reference.ts'
import { Cite } from './cite.tsx'
import type { PanelProps } from './panel.ts'
import styles from './summary.module.css'

export const ReferencePanel = ({ step }: PanelProps) => (
  <ul className={styles.references}>
    {step.references.map((reference) => (
      <li key={citationOf(reference)}>
        <header>
          <strong>{reference.title}</strong>
          <Cite of={reference} />
        </header>
        <p>{sectionText(reference)}</p>
      </li>
    ))}
  </ul>
)
