/** A problem document, as the CA worded it, and what its type means. */
import { IconAlertTriangleFilled } from '@tabler/icons-react'
import type { Problem } from '../../shared/acme/model.ts'
import { nameOfProblem } from '../../shared/acme/problem.ts'
import { problemRow, reference } from '../../shared/acme/registry/registry.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Cite } from './cite.tsx'
import { Aside } from './facts.tsx'
import styles from './summary.module.css'

/** Of subproblems; a request has so many names at most that anybody reads of. */
const MOST_SHOWN = 20

export function ProblemCard({ problem }: { problem: Problem }) {
  const row = problemRow(problem.acmeType)
  const { subproblems } = problem
  return (
    <div className={styles.problem}>
      <strong>
        <IconAlertTriangleFilled size={14} aria-hidden="true" />
        <WireText text={nameOfProblem(problem) ?? 'problem'} />
        {problem.identifier !== null && (
          <Aside>
            <WireText text={problem.identifier.value} />
          </Aside>
        )}
      </strong>
      {problem.detail !== null && (
        <p>
          <WireText text={problem.detail} />
        </p>
      )}
      {row !== null && (
        <p className={styles.problemMeaning}>
          {row.meaning} <Cite of={reference(row.cite)} />
        </p>
      )}
      {problem.instance !== null && (
        <p>
          <WireText text={problem.instance} mono />
        </p>
      )}
      {subproblems.slice(0, MOST_SHOWN).map((sub, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: subproblems have no name and never change
        <ProblemCard key={index} problem={sub} />
      ))}
      {subproblems.length > MOST_SHOWN && <p>and {subproblems.length - MOST_SHOWN} more, which the answer has</p>}
    </div>
  )
}
