/** One section: what it asks, which steps exercised it, what it defines. */
import { IconExternalLink } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import type { Coverage } from '../../shared/acme/coverage/coverage.ts'
import { canBeExercised } from '../../shared/acme/coverage/tally.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { definitionsOf } from '../../shared/acme/registry/definitions.ts'
import { citeOf, type OutlineSection, outlineSection, sectionAddress } from '../../shared/acme/registry/outline.ts'
import type { SectionKind } from '../../shared/acme/specs/row.ts'
import { citationOf } from '../../shared/reference.ts'
import { findingAddresses } from '../../shared/report/finding-address.ts'
import { FindingLine } from '../findings/finding-line.tsx'
import { useFindings } from '../findings/use-findings.ts'
import { PlaceLink } from '../session/place-link.tsx'
import styles from './rfc.module.css'
import { SectionDefinitions } from './section-definitions.tsx'
import { SectionSteps } from './section-steps.tsx'

const KINDS: Readonly<Record<Exclude<SectionKind, 'wire'>, string>> = {
  background: 'Background: it explains or advises, and no recording can exercise it.',
  iana: 'An entry in a registry: no recording can exercise it.',
  security: 'A security consideration: no recording can exercise it.',
}

interface SectionPaneProps {
  readonly section: OutlineSection
  readonly analysis: Analysis
  readonly coverage: Coverage
}

function Above({ section }: { section: OutlineSection }) {
  const above = section.within === null ? null : outlineSection(section.within)
  if (!above) return null
  return (
    <>
      <PlaceLink to={{ section: sectionAddress(above.reference) }} className={styles.above}>
        {above.reference.section} {above.reference.title}
      </PlaceLink>
      <span aria-hidden="true"> › </span>
    </>
  )
}

function HowOften({ section, coverage, total }: { section: OutlineSection; coverage: Coverage; total: number }) {
  const count = coverage.count(section.cite)
  if (count > 0)
    return (
      <p className={styles.often} data-exercised="true">
        Exercised by <strong>{count.toLocaleString('en')}</strong> of {total.toLocaleString('en')} steps.
      </p>
    )
  return (
    <p className={styles.often}>
      {section.kind === 'wire' ? 'Not exercised: no step of this recording did what it asks.' : KINDS[section.kind]}
    </p>
  )
}

function SectionFindings({ section }: { section: OutlineSection }) {
  const findings = useFindings()
  const citing = useMemo(
    () => findings.filter(({ reference }) => citeOf(reference) === section.cite),
    [findings, section],
  )
  if (citing.length === 0) return null
  const addresses = findingAddresses(findings)
  return (
    <section aria-label="Findings">
      <h3>{citing.length === 1 ? 'Finding' : 'Findings'}</h3>
      <ul className={styles.findings}>
        {citing.slice(0, MOST_FINDINGS).map((finding) => (
          <li key={addresses.get(finding)}>
            <FindingLine finding={finding} />
          </li>
        ))}
      </ul>
      {citing.length > MOST_FINDINGS && (
        <PlaceLink to={{ view: 'findings' }}>and {citing.length - MOST_FINDINGS} more</PlaceLink>
      )}
    </section>
  )
}

const MOST_FINDINGS = 12

export function SectionPane({ section, analysis, coverage }: SectionPaneProps) {
  const scroller = useRef<HTMLElement>(null)
  const { reference, text, cite } = section
  const steps = useMemo(() => coverage.steps(cite), [coverage, cite])
  const definitions = definitionsOf(cite)
  return (
    <article className={styles.pane} ref={scroller} data-testid="rfc-section" data-section={cite}>
      <p className={styles.where}>
        <Above section={section} />
        {citationOf(reference)}
      </p>
      <h2>{reference.title}</h2>
      <p className={styles.text}>{text}</p>
      <p className={styles.read}>
        <a href={reference.url} target="_blank" rel="noreferrer">
          Read it in {reference.document}
          <IconExternalLink size={13} aria-label="opens in a new tab" />
        </a>
      </p>
      <HowOften section={section} coverage={coverage} total={analysis.steps.length} />
      <SectionFindings section={section} />
      {steps.length > 0 && <SectionSteps steps={steps} cite={cite} scroller={scroller} />}
      {definitions.length > 0 && canBeExercised(section) && (
        <SectionDefinitions definitions={definitions} coverage={coverage} />
      )}
    </article>
  )
}
