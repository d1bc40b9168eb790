/** `#12` in a note. Whether there is such a step is asked when someone wants to go there. */
import { notifications } from '@mantine/notifications'
import { goTo } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import styles from './notes.module.css'

function follow(sequence: number): void {
  const { steps, connections } = useSession.getState().analysis
  const step = steps.find((one) => one.sequence === sequence)?.exchange
  const there = step ?? connections.find((one) => one.sequence === sequence)?.id
  if (there === undefined) notifications.show({ message: `There is no #${sequence} in this recording.` })
  else goTo({ step: there })
}

export const StepReference = ({ sequence }: { sequence: number }) => (
  <button type="button" className={styles.step} onClick={() => follow(sequence)}>
    #{sequence}
  </button>
)
