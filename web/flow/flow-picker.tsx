/** Which order's flow is drawn, where a recording holds several: all of them at once, or one by itself. */
import { Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSearch, IconSelector } from '@tabler/icons-react'
import { type MouseEvent, useState } from 'react'
import type { OrderFlow } from '../../shared/acme/flow/flows.ts'
import { shownText } from '../../shared/shown-text.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { StatusChip } from '../theme/chip.tsx'
import { clockTime } from '../theme/time.ts'
import { useScene } from './flow-context.ts'
import styles from './toolbar.module.css'

interface FlowPickerProps {
  readonly flows: readonly OrderFlow[]
  /** The one that is drawn; null when all are. */
  readonly shown: OrderFlow | null
}

/** From as many on they are searched rather than read. */
const MANY = 8
/** Nobody reads a longer menu, and drawing it would be felt. */
const MOST_LISTED = 60

/** `example.org +2` */
export const namesOf = ({ names: [first, ...others] }: OrderFlow): string =>
  first === undefined ? 'An order' : `${shownText(first)}${others.length === 0 ? '' : ` +${others.length}`}`

const allNames = ({ names }: OrderFlow): string => shownText(names.slice(0, 100).join(', '))

function Detail({ flow }: { flow: OrderFlow }) {
  const { names } = useScene()
  return (
    <span className={styles.pickDetail}>
      {clockTime(flow.startedAt)} · {names.get(flow.client) ?? flow.client} → {names.get(flow.ca) ?? flow.ca}
      {flow.renews !== null && ' · renewal'}
    </span>
  )
}

const Mark = ({ isShown }: { isShown: boolean }) => (
  <span className={styles.pickMark}>{isShown && <IconCheck size={14} aria-hidden="true" />}</span>
)

const Order = ({ flow, isShown }: { flow: OrderFlow; isShown: boolean }) => (
  <li>
    <PlaceLink to={{ order: flow.order }} className={styles.pick} aria-current={isShown} title={allNames(flow)}>
      <Mark isShown={isShown} />
      <span className={styles.pickText}>
        <span className={styles.pickName}>
          <span className={styles.pickNames}>{namesOf(flow)}</span>
          {flow.status !== null && <StatusChip status={flow.status} />}
        </span>
        <Detail flow={flow} />
      </span>
    </PlaceLink>
  </li>
)

/** Those with a name or a status that holds every word. */
function matching(flows: readonly OrderFlow[], wanted: string): readonly OrderFlow[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return flows
  return flows.filter(({ names, status }) => {
    const text = `${names.join(' ')} ${status ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

function Orders({ flows, shown }: FlowPickerProps) {
  const [wanted, setWanted] = useState('')
  const found = matching(flows, wanted)
  return (
    <>
      {flows.length > MANY && (
        <TextInput
          className={styles.pickSearch}
          size="xs"
          leftSection={<IconSearch size={13} />}
          placeholder="Name or status"
          aria-label="Search the orders"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <ul className={styles.picks}>
        <li>
          <PlaceLink to={{ order: null }} className={styles.pick} aria-current={shown === null}>
            <Mark isShown={shown === null} />
            All {flows.length} orders, as they happened
          </PlaceLink>
        </li>
        {found.slice(0, MOST_LISTED).map((flow) => (
          <Order key={flow.order} flow={flow} isShown={flow.order === shown?.order} />
        ))}
      </ul>
      {found.length > MOST_LISTED && (
        <p className={styles.pickMore}>and {found.length - MOST_LISTED} more: search to find them</p>
      )}
      {found.length === 0 && <p className={styles.pickMore}>No order has this in its names or status</p>}
    </>
  )
}

export function FlowPicker({ flows, shown }: FlowPickerProps) {
  const [open, setOpen] = useState(false)
  const all = `All ${flows.length} orders`
  return (
    <Popover width={380} position="bottom-start" opened={open} onChange={setOpen} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.picker}
          data-testid="flow-picker"
          title={shown === null ? `${all} are drawn together` : allNames(shown)}
          onClick={() => setOpen(!open)}
        >
          <span className={styles.pickerName}>{shown === null ? all : namesOf(shown)}</span>
          <IconSelector size={13} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.pickerMenu} onClick={closeAfter(setOpen)} aria-label="Orders">
        <Orders flows={flows} shown={shown} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** Whoever chose has no more use for the choice; opened in a tab of its own, the choice stays. */
const closeAfter =
  (setOpen: (open: boolean) => void) =>
  ({ target, defaultPrevented }: MouseEvent): void => {
    if (defaultPrevented && target instanceof Element && target.closest('a') !== null) setOpen(false)
  }
