/** A HAR file may be dropped anywhere. */
import { Dropzone } from '@mantine/dropzone'
import { notifications } from '@mantine/notifications'
import { IconFileImport } from '@tabler/icons-react'
import styles from './app.module.css'
import { openFile } from './use-source.ts'

const LARGEST_FILE = 512 * 1024 * 1024

const refuse = () =>
  notifications.show({
    color: 'red',
    title: 'This file was not opened',
    message: 'Drop one file of at most 512 MB.',
  })

export const DropOverlay = () => (
  <Dropzone.FullScreen
    withinPortal={false}
    multiple={false}
    maxSize={LARGEST_FILE}
    onDrop={([file]) => file !== undefined && void openFile(file)}
    onReject={refuse}
    classNames={{ root: styles.drop ?? '' }}
  >
    <div className={styles.dropText}>
      <IconFileImport size={36} stroke={1.3} aria-hidden="true" />
      <strong>Drop to open</strong>
      <span>A HAR file is decoded in this page; nothing is uploaded.</span>
    </div>
  </Dropzone.FullScreen>
)
