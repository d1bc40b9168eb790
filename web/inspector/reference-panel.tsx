/** Where it is written. */
import { IconExternalLink } from '@tabler/icons-react'
import { sectionText } from '../../shared/acme/registry/registry.ts'
import { citationOf } from '../../shared/reference.ts'
import styles from './inspector.module.css'
import type { PanelProps } from './panel.ts'

export const ReferencePanel = ({ step }: PanelProps) => (
  <ul className={styles.references}>
    {step.references.map((reference) => (
      <li key={`${reference.document} ${reference.section}`}>
        <a href={reference.url} target="_blank" rel="noreferrer">
          <span>{citationOf(reference)}</span>
          <strong>{reference.title}</strong>
          <IconExternalLink size={13} aria-label="opens in a new tab" />
        </a>
        <p>{sectionText(reference)}</p>
      </li>
    ))}
  </ul>
)
