/** Search over steps, recordings and commands. */
import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { operationLabel } from '../flow/step-words.ts'
import { goTo, select } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { KeysDialog } from './keys-dialog.tsx'
import { openRecording } from './open-recording.ts'
import { useShelf } from './use-recordings.ts'
import { views } from './views.tsx'

function useActions(): SpotlightActionGroupData[] {
  const { steps } = useSession((session) => session.analysis)
  const recordings = useShelf((shelf) => shelf.recordings)
  const { setColorScheme } = useMantineColorScheme()
  return [
    {
      group: 'Views',
      actions: views.map(({ id, label }) => ({ id: `view:${id}`, label, onClick: () => goTo({ view: id }) })),
    },
    {
      group: 'Steps',
      actions: steps.map((step) => ({
        id: `step:${step.exchange}`,
        label: `#${step.sequence} ${step.method} ${operationLabel(step)}`,
        description: step.summary,
        keywords: [step.url, step.identifier ?? '', step.problem?.acmeType ?? ''],
        onClick: () => select(step.exchange),
      })),
    },
    {
      group: 'Recordings',
      actions: recordings.map(({ id, name }) => ({ id: `rec:${id}`, label: name, onClick: () => openRecording(id) })),
    },
    {
      group: 'Theme',
      actions: (['dark', 'light', 'auto'] as const).map((scheme) => ({
        id: `theme:${scheme}`,
        label: `Theme: ${scheme}`,
        onClick: () => setColorScheme(scheme),
      })),
    },
  ]
}

export const Palette = () => (
  <>
    <Spotlight
      actions={useActions()}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      triggerOnContentEditable
      limit={12}
      scrollable
      maxHeight={420}
      highlightQuery
      nothingFound="Nothing of that name"
      searchProps={{ leftSection: <IconSearch size={16} />, placeholder: 'Step, name, URL, recording …' }}
    />
    <KeysDialog />
  </>
)
