/** Where something is written: the section as this page tells of it, and beside it the document itself. */
import { IconExternalLink } from '@tabler/icons-react'
import { sectionAddress } from '../../shared/acme/registry/outline.ts'
import { sectionText } from '../../shared/acme/registry/registry.ts'
import { citationOf, type Reference, shortCitationOf } from '../../shared/reference.ts'
import { PlaceLink } from '../session/place-link.tsx'
import styles from './facts.module.css'

/** Those that the page has nothing to tell of lead to the document only. */
export function Cite({ of }: { of: Reference }) {
  const title = `${citationOf(of)}: ${of.title}`
  if (sectionText(of) === null)
    return (
      <span className={styles.cite}>
        <a href={of.url} target="_blank" rel="noreferrer" title={title}>
          {shortCitationOf(of)}{' '}
          <IconExternalLink size={12} className={styles.external} aria-label="opens in a new tab" />
        </a>
      </span>
    )
  return (
    <span className={styles.cite}>
      <PlaceLink to={{ view: 'rfc', section: sectionAddress(of) }} title={title}>
        {shortCitationOf(of)}
      </PlaceLink>{' '}
      <External of={of} />
    </span>
  )
}

export const External = ({ of }: { of: Reference }) => (
  <a
    className={styles.external}
    href={of.url}
    target="_blank"
    rel="noreferrer"
    aria-label={`${citationOf(of)}, opens in a new tab`}
  >
    <IconExternalLink size={12} aria-hidden="true" />
  </a>
)
