/** A sentence in which words in backquotes are code. */
import styles from './setup.module.css'

/** Characters that fit into any line. */
const SHORT = 28

export const Prose = ({ children }: { children: string }) =>
  children.split(/`([^`]+)`/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence stay in their order
      <code key={index} className={styles.word} data-short={part.length <= SHORT}>
        {part}
      </code>
    ),
  )
