/** A problem document, as the CA worded it. */
import { IconAlertTriangleFilled } from '@tabler/icons-react'
import type { Problem } from '../../shared/acme/model.ts'
import { nameOfProblem } from '../../shared/acme/problem.ts'
import { problemRow } from '../../shared/acme/registry/registry.ts'
import styles from './inspector.module.css'

export function ProblemCard({ problem }: { problem: Problem }) {
  const row = problemRow(problem.acmeType)
  return (
    <div className={styles.problem}>
      <strong>
        <IconAlertTriangleFilled size={14} aria-hidden="true" />
        {nameOfProblem(problem) ?? 'problem'}
        {problem.identifier !== null && <span className={styles.aside}>{problem.identifier.value}</span>}
      </strong>
      {problem.detail !== null && <p>{problem.detail}</p>}
      {row !== null && <p className={styles.aside}>{row.meaning}</p>}
      {problem.instance !== null && <p className={styles.wire}>{problem.instance}</p>}
      {problem.subproblems.map((sub, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: subproblems have no name and never change
        <ProblemCard key={index} problem={sub} />
      ))}
    </div>
  )
}
