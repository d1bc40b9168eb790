/** What the keyboard can do. */
import { Kbd, Modal } from '@mantine/core'
import { create } from 'zustand'
import styles from './keys-dialog.module.css'

const useOpen = create(() => ({ open: false }))

export const showKeys = (): void => useOpen.setState({ open: true })
const hideKeys = (): void => useOpen.setState({ open: false })

interface KeyGroup {
  readonly label: string
  readonly keys: readonly (readonly [names: readonly string[], meaning: string])[]
}

const groups: readonly KeyGroup[] = [
  {
    label: 'Anywhere',
    keys: [
      [['Ctrl K'], 'Go anywhere, do anything'],
      [['1', '2', '3'], 'The views, in the order of their tabs'],
      [['{', '}'], 'Previous and next open recording'],
      [['/'], 'Filter exchanges or objects; search all recordings'],
      [['n'], 'Write a note on the step, or on the recording'],
      [['Ctrl Z'], 'Take a deletion back'],
      [['?'], 'This list'],
    ],
  },
  {
    label: 'Lists and the diagram',
    keys: [
      [['j', '↓'], 'Next'],
      [['k', '↑'], 'Previous'],
      [['Home', 'End'], 'First and last'],
      [['Enter'], 'Open'],
      [['→', '←'], 'Unfold and fold repeated polls; the answers of an object'],
      [['o'], 'Unfold and fold what belongs to an object'],
    ],
  },
  {
    label: 'Inspector',
    keys: [
      [['[', ']'], 'Previous and next tab'],
      [['Esc'], 'Close it'],
    ],
  },
  {
    label: 'Diagram',
    keys: [
      [['+', '−', '0'], 'Zoom, and back; so does Ctrl with the wheel'],
      [['f'], 'Fit the whole of it'],
    ],
  },
  {
    label: 'Recordings',
    keys: [
      [['Shift Enter'], 'Open in a tab of its own'],
      [['F2'], 'Rename'],
      [['x', 'Ctrl A'], 'Choose, choose all'],
      [['Del'], 'Delete'],
    ],
  },
]

export function KeysDialog() {
  const open = useOpen((state) => state.open)
  return (
    <Modal opened={open} onClose={hideKeys} title="Keyboard" size={720} centered>
      <div className={styles.groups}>
        {groups.map(({ label, keys }) => (
          <section key={label} className={styles.group}>
            <h3>{label}</h3>
            <dl>
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
          </section>
        ))}
      </div>
    </Modal>
  )
}
