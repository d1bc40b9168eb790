/** Files that a person drops or chooses: read in this page, in tabs of their own. */
import { notifications } from '@mantine/notifications'
import { shownText } from '../../shared/shown-text.ts'
import { goTo } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { addTab, homeOf, openInTab } from '../session/tabs.ts'
import { importHar } from '../source/api.ts'
import { fileSource } from '../source/file-source.ts'
import type { Source } from '../source/source.ts'
import { placeOf } from './open-recording.ts'
import { refreshShelf } from './use-recordings.ts'
import { wordsOf } from './words-of.ts'

/** For the tabs, and the browser's back and forward; a reload forgets them. */
const files = new Map<string, Source>()

export const fileOf = (key: string): Source | undefined => files.get(key)

export const forgetFile = (key: string): boolean => files.delete(key)

/** Signatures are checked with it, and browsers have it over HTTPS and on this machine only. */
const canDecode = (): boolean => globalThis.crypto?.subtle !== undefined

const isEmpty = (): boolean => {
  const { source, analysis } = useSession.getState()
  return source === null || (analysis.steps.length === 0 && analysis.connections.length === 0)
}

/** Shows dropped files, each in a tab; the first takes the place of a recording that holds nothing. */
export async function openFiles(given: readonly File[]): Promise<void> {
  if (!canDecode()) return importFiles(given, 'open')
  const [first, ...others] = given.map((file) => fileSource(file.name, file))
  if (first === undefined) return
  for (const source of [first, ...others]) files.set(source.key, source)
  const place = placeOf(first.key)
  if (isEmpty()) goTo(place)
  else openInTab(first.key, place)
  for (const { key, label } of others) addTab({ key, label, search: homeOf(key) })
}

/** Has the recorder keep files; what it cannot keep is told, file by file. `open`: and shows the first that it kept. */
export async function importFiles(given: readonly File[], then: 'open' | 'stay'): Promise<void> {
  const kept: string[] = []
  for (const file of given) {
    try {
      const { recording, problems } = await importHar(file.name, file)
      kept.push(recording.id)
      if (problems.length > 0) tellProblems(file.name, problems)
    } catch (error) {
      notifications.show({
        color: 'red',
        title: `${shownText(file.name)} was not imported`,
        message: wordsOf(error),
        autoClose: 15_000,
      })
    }
  }
  await refreshShelf()
  const [first] = kept
  if (first === undefined) return
  if (then === 'open') goTo(placeOf(first))
  else
    notifications.show({
      message: kept.length === 1 ? 'One recording was imported.' : `${kept.length} recordings were imported.`,
    })
}

const tellProblems = (name: string, problems: readonly string[]): void =>
  void notifications.show({
    color: 'yellow',
    title: `${shownText(name)}: not everything could be read`,
    message: `${problems.slice(0, 3).join(' ')}${problems.length > 3 ? ` And ${problems.length - 3} more.` : ''}`,
    autoClose: 15_000,
  })
