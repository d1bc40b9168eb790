/** What the keyboard can do. */
import { Kbd, Modal } from '@mantine/core'
import { create } from 'zustand'
import styles from './app.module.css'

const useOpen = create(() => ({ open: false }))

export const showKeys = (): void => useOpen.setState({ open: true })
const hideKeys = (): void => useOpen.setState({ open: false })

const keys: readonly (readonly [readonly string[], string])[] = [
  [['j', '↓'], 'Next step'],
  [['k', '↑'], 'Previous step'],
  [['Home', 'End'], 'First and last step'],
  [['→', '←'], 'Unfold and fold repeated polls; the answers of an object'],
  [['o'], 'Unfold and fold what belongs to an object'],
  [['Enter'], 'Open the step in the inspector'],
  [['n'], 'Write a note on the step, or on the recording'],
  [['Esc'], 'Close the inspector'],
  [['[', ']'], 'Previous and next tab of the inspector'],
  [['1', '2', '3'], 'The views, in the order of their tabs'],
  [['{', '}'], 'Previous and next open recording'],
  [['/'], 'Filter exchanges or objects; on the page of recordings, search them all'],
  [['Ctrl K'], 'Go anywhere, do anything'],
  [['F2', 'Del', 'x'], 'In the list of recordings: rename, delete, choose'],
  [['Ctrl Z'], 'Take a deletion back'],
  [['+', '−', '0'], 'Zoom the diagram, and back; so does Ctrl with the wheel'],
  [['f'], 'Fit the whole diagram'],
  [['?'], 'This list'],
]

export function KeysDialog() {
  const open = useOpen((state) => state.open)
  return (
    <Modal opened={open} onClose={hideKeys} title="Keyboard" size={420} centered>
      <dl className={styles.keys}>
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <Kbd key={name} size="xs">
                  {name}
                </Kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
