/** The table of contents, with how often each section was exercised. */
import { SegmentedControl, TextInput } from '@mantine/core'
import { IconChevronRight, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Coverage } from '../../shared/acme/coverage/coverage.ts'
import { fitsSearch, type OutlineGroup } from '../../shared/acme/coverage/outline-groups.ts'
import { canBeExercised, insideOf, tallyOf } from '../../shared/acme/coverage/tally.ts'
import type { DocumentOutline, OutlineSection } from '../../shared/acme/registry/outline.ts'
import { OutlineRow } from './outline-row.tsx'
import styles from './rfc.module.css'
import { useOutlineKeys } from './use-outline-keys.ts'

type Shown = 'all' | 'exercised'

interface OutlineProps {
  readonly groups: readonly OutlineGroup[]
  readonly coverage: Coverage
  readonly current: OutlineSection | null
  /** Citations of the sections that the step looked at exercised. */
  readonly marked: ReadonlySet<string>
}

interface ShownDocument {
  readonly document: DocumentOutline
  readonly sections: readonly OutlineSection[]
}

/** Of each group what the filter and the search leave. */
function toShown(groups: readonly OutlineGroup[], coverage: Coverage, shown: Shown, query: string) {
  const isShown = (section: OutlineSection): boolean =>
    (shown === 'all' || coverage.count(section.cite) > 0) && fitsSearch(section, query)
  return groups.flatMap((group) => {
    const documents = group.documents
      .map((document): ShownDocument => ({ document, sections: document.sections.filter(isShown) }))
      .filter(({ sections }) => sections.length > 0)
    return documents.length > 0 ? [{ ...group, documents }] : []
  })
}

const holds = (documents: readonly ShownDocument[], current: OutlineSection | null): boolean =>
  current !== null && documents.some(({ sections }) => sections.includes(current))

export function Outline({ groups, coverage, current, marked }: OutlineProps) {
  const [shown, setShown] = useState<Shown>('all')
  const [query, setQuery] = useState('')
  const [isUnfolded, setUnfolded] = useState(false)
  const list = useRef<HTMLElement>(null)
  const left = toShown(groups, coverage, shown, query.trim())
  const isOpen = ({ id, documents }: (typeof left)[number]): boolean =>
    id !== 'absent' || isUnfolded || query.trim() !== '' || holds(documents, current)
  useOutlineKeys(
    left.filter(isOpen).flatMap(({ documents }) => documents.flatMap(({ sections }) => sections)),
    current,
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another section is looked at
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  return (
    <div className={styles.outline}>
      <div className={styles.controls}>
        <TextInput
          size="xs"
          aria-label="Search the sections"
          placeholder="Search: 7.4, finalize, nonce …"
          leftSection={<IconSearch size={14} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            setQuery('')
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label="Which sections"
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          data={[
            { value: 'all', label: 'All' },
            { value: 'exercised', label: 'Exercised' },
          ]}
        />
      </div>
      <nav className={styles.list} aria-label="Sections" ref={list}>
        {left.map((group) => (
          <section key={group.id} aria-label={group.title ?? 'RFC 8555'}>
            {group.id === 'absent' ? (
              <button
                type="button"
                className={styles.fold}
                aria-expanded={isOpen(group)}
                onClick={() => setUnfolded(!isUnfolded)}
              >
                <IconChevronRight size={13} aria-hidden="true" />
                {group.title}
                <span className={styles.aside}>{group.documents.length} documents</span>
              </button>
            ) : (
              group.title !== null && <h3 className={styles.group}>{group.title}</h3>
            )}
            {isOpen(group) &&
              group.documents.map((one) => (
                <DocumentRows key={one.document.id} {...one} coverage={coverage} current={current} marked={marked} />
              ))}
          </section>
        ))}
        {left.length === 0 && <p className={styles.nothing}>No section holds “{query.trim()}”.</p>}
      </nav>
    </div>
  )
}

function DocumentRows({ document, sections, coverage, current, marked }: ShownDocument & Omit<OutlineProps, 'groups'>) {
  const { exercised, possible } = tallyOf(document, coverage)
  return (
    <>
      <h4 className={styles.document} title={document.title}>
        <strong>{document.id}</strong>
        <span>{document.title}</span>
        {possible > 0 && (
          <span className={styles.tally}>
            {exercised}/{possible}
          </span>
        )}
      </h4>
      <ol className={styles.rows}>
        {sections.map((section) => (
          <OutlineRow
            key={section.cite}
            section={section}
            count={coverage.count(section.cite)}
            inside={canBeExercised(section) ? null : tallyOf(insideOf(document, section), coverage)}
            isCurrent={section === current}
            isMarked={marked.has(section.cite)}
          />
        ))}
      </ol>
    </>
  )
}
