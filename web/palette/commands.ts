/** What can be done from anywhere. */
import type { MantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { toFlow } from '../../shared/acme/flow/flow.ts'
import { beginNewRecording } from '../app/begin-recording.ts'
import { chooseFiles } from '../app/file-input.tsx'
import { keepShown } from '../app/keep-file.ts'
import { showKeys } from '../app/keys-dialog.tsx'
import { isLive, listed } from '../app/use-recordings.ts'
import { writeNote } from '../notes/write-note.ts'
import { remove } from '../recordings/change.ts'
import { startRenaming } from '../recordings/use-list.ts'
import { goTo, readPlace, writePlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { closeTab, isFile, stepTab, useTabs } from '../session/tabs.ts'
import type { Entry } from './entry.ts'

const command = (label: string, detail: string, words: string, run: () => void): Entry => ({
  id: `command ${label}`,
  label,
  detail,
  words: words.toLowerCase(),
  place: null,
  run,
})

/** The address of what is shown, of this very recording, whichever is being written when it is opened. */
function linkToHere(): string {
  const place = readPlace(window.location.search)
  const recording = place.recording ?? useSession.getState().source?.key ?? null
  return new URL(writePlace({ ...place, recording }), window.location.href).href
}

async function copyLink(): Promise<void> {
  const link = linkToHere()
  try {
    await navigator.clipboard.writeText(link)
    notifications.show({ message: 'The link to this place is on the clipboard.' })
  } catch {
    // Browsers keep the clipboard from pages over plain HTTP.
    notifications.show({ title: 'This page cannot use the clipboard', message: link, autoClose: false })
  }
}

function download(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}

function unfoldPolls(): void {
  const { rows } = toFlow(useSession.getState().analysis, { open: new Set() })
  const ids = rows.flatMap((row) => (row.kind === 'poll' ? [row.id] : []))
  useSession.setState({ openPolls: new Set(ids) })
}

function ofRecording(): readonly Entry[] {
  const { source, analysis, outage } = useSession.getState()
  if (source === null) return []
  const recording = listed(source.key)
  const isMine = recording?.origin === 'stored'
  return [
    ...source.exports.map(({ label, hint, href }) =>
      command(`Export ${label}`, hint, 'save download', () => download(href)),
    ),
    ...(analysis.steps.length > 0
      ? [
          command('Fold all polls', 'on the diagram', 'collapse', () => useSession.setState({ openPolls: new Set() })),
          command('Unfold all polls', 'on the diagram', 'expand', unfoldPolls),
          command('Write a note', 'on the step, or on the recording', 'comment', writeNote),
        ]
      : []),
    ...(isFile(source.key)
      ? [command('Keep this file in recordings', '', 'save store', () => void keepShown(source))]
      : []),
    ...(recording !== undefined && isMine
      ? [
          command('Rename this recording', recording.name, 'name', () => {
            goTo({ view: 'recordings', find: '' })
            startRenaming(recording.id)
          }),
          ...(isLive(recording.id)
            ? []
            : [command('Delete this recording', recording.name, 'remove', () => void remove([recording]))]),
        ]
      : []),
    ...(outage === null ? [] : [command('Try the recorder now', '', 'reconnect', outage.tryNow)]),
  ]
}

function ofTabs(): readonly Entry[] {
  const { tabs, active } = useTabs.getState()
  if (tabs.length < 2 || active === null) return []
  return [
    command('Close this tab', '', 'recording', () => closeTab(active)),
    command('Next open recording', 'key }', 'tab', () => stepTab(1)),
    command('Previous open recording', 'key {', 'tab', () => stepTab(-1)),
  ]
}

export const commands = (setColorScheme: (scheme: MantineColorScheme) => void): readonly Entry[] => [
  command('New recording', 'what begins now goes into it', 'start', () => void beginNewRecording()),
  command('Open HAR files …', 'in this page only', 'drop file', () => chooseFiles('open')),
  command('Import HAR files …', 'kept by the recorder', 'file', () => chooseFiles('import')),
  command('Copy link to this place', '', 'share address url', () => void copyLink()),
  ...ofRecording(),
  ...ofTabs(),
  command('Theme: dark', '', 'colour color', () => setColorScheme('dark')),
  command('Theme: light', '', 'colour color', () => setColorScheme('light')),
  command('Theme: as the system', '', 'colour color auto', () => setColorScheme('auto')),
  command('Keyboard', 'key ?', 'help shortcuts keys', showKeys),
]
