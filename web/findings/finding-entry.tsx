/** One finding on its page: all there is to say of it, and beneath it what follows from it. */
import { IconChevronRight, IconLink } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { findingRow } from '../../shared/acme/checks/catalogue.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { sectionAddress } from '../../shared/acme/registry/outline.ts'
import type { Finding } from '../../shared/finding.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { beneath, type Cause } from '../../shared/report/checked.ts'
import { counted } from '../../shared/report/text.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { CopyReport } from './copy-report.tsx'
import { SeverityIcon } from './finding-line.tsx'
import { Cure } from './finding-words.tsx'
import styles from './findings.module.css'
import { StepLines } from './step-lines.tsx'

interface EntryProps {
  readonly cause: Cause
  readonly analysis: Analysis
  readonly addresses: ReadonlyMap<Finding, string>
  /** The finding that the address names. */
  readonly wanted: Finding | null
  /** Drawn open from the start. */
  readonly isOpen: boolean
}

export function FindingEntry({ cause, analysis, addresses, wanted, isOpen }: EntryProps) {
  const { finding } = cause
  const consequences = beneath(cause)
  const [unfolded, setUnfolded] = useState<boolean | null>(null)
  const open = unfolded ?? (isOpen || (wanted !== null && [finding, ...consequences].includes(wanted)))
  const article = useRef<HTMLElement>(null)
  const isWanted = finding === wanted
  useEffect(() => {
    if (isWanted) article.current?.scrollIntoView({ block: 'start' })
  }, [isWanted])
  return (
    <article
      ref={article}
      className={styles.entry}
      data-severity={finding.severity}
      data-testid="finding"
      data-finding={finding.id}
      data-open={open}
      data-wanted={isWanted || undefined}
      aria-label={finding.title.slice(0, 200)}
    >
      <h3>
        <button
          type="button"
          className={styles.head}
          data-severity={finding.severity}
          aria-expanded={open}
          onClick={() => setUnfolded(!open)}
        >
          <SeverityIcon severity={finding.severity} size={18} />
          <span className={styles.headline}>
            <WireText text={finding.title} />
          </span>
          <IconChevronRight size={16} className={styles.chevron} aria-hidden="true" />
        </button>
      </h3>
      {open && <Body finding={finding} analysis={analysis} address={addresses.get(finding) ?? finding.id} />}
      {open && consequences.length > 0 && (
        <Fold
          label={`What follows from ${finding.id}`}
          title={`${counted(consequences.length, 'thing follows', 'things follow')} from it`}
          isOpen={wanted !== null && consequences.includes(wanted)}
        >
          {consequences.map((one) => (
            <FindingEntry
              key={addresses.get(one)}
              cause={{ finding: one, consequences: [] }}
              analysis={analysis}
              addresses={addresses}
              wanted={wanted}
              isOpen={false}
            />
          ))}
        </Fold>
      )}
    </article>
  )
}

function Body({ finding, analysis, address }: { finding: Finding; analysis: Analysis; address: string }) {
  const { explanation, fix, reference, exchanges, id } = finding
  return (
    <div className={styles.body}>
      <p>
        <WireText text={explanation} />
      </p>
      {fix !== '' && (
        <div className={styles.cure} data-testid="cure">
          <strong>What to do</strong> <Cure text={fix} />
        </div>
      )}
      <StepLines analysis={analysis} exchanges={exchanges} />
      <footer>
        <PlaceLink className={styles.link} to={{ view: 'rfc', section: sectionAddress(reference) }}>
          {shortCitationOf(reference)} {reference.title}
        </PlaceLink>
        <PlaceLink className={styles.link} to={{ finding: address }} title="A link to this finding">
          <IconLink size={13} aria-hidden="true" /> <code>{id}</code>
        </PlaceLink>
        <span className={styles.report}>
          <CopyReport about={finding} />
        </span>
      </footer>
      <InGeneral id={id} />
    </div>
  )
}

/** What docs/findings.md says of the kind. */
function InGeneral({ id }: { id: string }) {
  const row = findingRow(id)
  if (!row) return null
  const severity = row.severity === 'info' ? 'a remark' : row.severity
  return (
    <Fold label={`What ${id} means`} title={`What ${id} means`} isOpen={false}>
      <p className={styles.general}>
        {row.when} {row.cure} <span className={styles.aside}>Severity: {severity}.</span>
      </p>
    </Fold>
  )
}

interface FoldProps {
  readonly label: string
  readonly title: string
  readonly isOpen: boolean
  readonly children: ReactNode
}

function Fold({ label, title, isOpen, children }: FoldProps) {
  const [unfolded, setUnfolded] = useState<boolean | null>(null)
  const open = unfolded ?? isOpen
  return (
    <section className={styles.fold} aria-label={label}>
      <button type="button" className={styles.foldButton} aria-expanded={open} onClick={() => setUnfolded(!open)}>
        <IconChevronRight size={13} className={styles.chevron} aria-hidden="true" />
        {title}
      </button>
      {open && <div className={styles.folded}>{children}</div>}
    </section>
  )
}
