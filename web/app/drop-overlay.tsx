/** HAR files may be dropped anywhere. */
import { Dropzone } from '@mantine/dropzone'
import { notifications } from '@mantine/notifications'
import { IconFileImport } from '@tabler/icons-react'
import styles from './app.module.css'
import { openFiles } from './open-file.ts'

const LARGEST_FILE = 512 * 1024 * 1024

const refuse = (rejected: readonly { readonly file: File }[]) =>
  notifications.show({
    color: 'red',
    title: rejected.map(({ file }) => file.name).join(', '),
    message: 'Not opened: a file may have at most 512 MB.',
  })

export const DropOverlay = () => (
  <Dropzone.FullScreen
    withinPortal={false}
    maxSize={LARGEST_FILE}
    onDrop={(files) => void openFiles(files)}
    onReject={refuse}
    classNames={{ root: styles.drop ?? '' }}
  >
    <div className={styles.dropText}>
      <IconFileImport size={36} stroke={1.3} aria-hidden="true" />
      <strong>Drop to open</strong>
      <span>HAR files are decoded in this page, each in a tab of its own. Nothing is uploaded.</span>
    </div>
  </Dropzone.FullScreen>
)
