/** The way back to a live recording's end. */
import { IconArrowDown } from '@tabler/icons-react'
import styles from './jump.module.css'
import type { Follow } from './use-follow.ts'

export function JumpToLatest({ follow }: { follow: Follow }) {
  if (follow.unseen === null) return null
  return (
    <button type="button" className={styles.jump} onClick={follow.jump} data-testid="jump-to-latest">
      <IconArrowDown size={14} aria-hidden="true" />
      Jump to latest{follow.unseen > 0 && ` · ${follow.unseen} new`}
    </button>
  )
}
