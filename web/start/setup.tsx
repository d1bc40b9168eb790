/** Points a client at this recorder and watches it arrive: the first minute. */
import { useLocalStorage } from '@mantine/hooks'
import { Fragment } from 'react'
import type { RecorderInfo, Unread } from '../../shared/api.ts'
import { asSeenFrom, isOwnMachine } from '../../shared/recorder-address.ts'
import { unreadWords } from '../../shared/unread-words.ts'
import { useShelf } from '../app/use-recordings.ts'
import { Copy } from '../inspector/facts.tsx'
import { goTo, usePlace } from '../session/location.ts'
import { WireText } from '../theme/wire-text.tsx'
import { ClientPicker } from './client-picker.tsx'
import { Examples } from './examples.tsx'
import { LiveCheck } from './live-check.tsx'
import { RecipeCard } from './recipe-card.tsx'
import type { Recipe } from './recipes/recipe.ts'
import { recipes } from './recipes.ts'
import styles from './setup.module.css'

/** The one the address names, else the one chosen last time, else the first. */
function useRecipe(): readonly [Recipe | undefined, (recipe: Recipe) => void] {
  const { panel } = usePlace()
  const [last, remember] = useLocalStorage({
    key: 'acmescope.client',
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const by = (id: string | null) => recipes.find((recipe) => recipe.id === id)
  const choose = ({ id }: Recipe) => {
    remember(id)
    goTo({ panel: id }, 'replace')
  }
  return [by(panel) ?? by(last) ?? recipes[0], choose]
}

/** A path may go on in the next line after any of its folders. */
const breakable = (path: string) =>
  path.split('/').map((folder, depth) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the folders of one path stay in their order
    <Fragment key={depth}>
      {depth > 0 && (
        <>
          /<wbr />
        </>
      )}
      {folder}
    </Fragment>
  ))

const Addresses = ({ recorder: { proxy, authority } }: { recorder: RecorderInfo }) => {
  const rows = [
    ['Proxy', proxy],
    ['Authority', authority.pem],
    ['Bundle: the system’s roots and ours', authority.bundle],
  ] as const
  return (
    <dl className={styles.addresses}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span>{breakable(value)}</span>
            <Copy value={value} label={`Copy: ${label}`} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** For who looks from another machine, where the paths lead nowhere. */
const Elsewhere = () =>
  isOwnMachine(window.location.hostname) ? null : (
    <p className={styles.elsewhere}>Both files are on the recorder’s machine: copy them to the client’s.</p>
  )

/** Who waits for a client may have left its CA out of what is recorded. */
const PassedUnread = ({ unread }: { unread: Unread }) => (
  <p className={styles.elsewhere} data-testid="unread">
    {unreadWords(unread)}, as the recorder was told: <WireText text={unread.busiest.slice(0, SHOWN_HOSTS).join(', ')} />
    {unread.hosts > SHOWN_HOSTS && ' …'}
  </p>
)

const SHOWN_HOSTS = 5

function Recorder({ recorder }: { recorder: RecorderInfo }) {
  const [recipe, choose] = useRecipe()
  if (recipe === undefined) return null
  return (
    <div className={styles.columns}>
      <ClientPicker chosen={recipe} choose={choose} />
      <RecipeCard key={recipe.id} recipe={recipe} recorder={recorder} />
      <div className={styles.watch}>
        <LiveCheck live={recorder.recording} expected={recipe.client} />
        <Addresses recorder={recorder} />
        {recorder.unread && <PassedUnread unread={recorder.unread} />}
        <Elsewhere />
      </div>
    </div>
  )
}

export function Setup() {
  const recorder = useShelf((shelf) => shelf.recorder)
  const away = useShelf((shelf) => shelf.trouble)
  return (
    <div className={styles.page} data-testid="start">
      <div className={styles.sheet}>
        <header className={styles.intro}>
          <h2>Point your client at the recorder</h2>
          <p>
            Its traffic goes through the proxy, and it trusts the recorder’s authority. The check turns green by itself.
          </p>
        </header>
        {recorder !== null && <Recorder recorder={asSeenFrom(window.location.hostname, recorder)} />}
        {recorder === null && away !== null && (
          <p className={styles.none} role="alert">
            {away.message} {away.fix}
          </p>
        )}
        <Examples />
      </div>
    </div>
  )
}
