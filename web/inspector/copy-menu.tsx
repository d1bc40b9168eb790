/** What an exchange can be copied as. Secrets stay masked unless they were revealed, and the copy says which it is. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { useTimeout } from '@mantine/hooks'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { toDecodedJson } from '../../shared/acme/explain/decoded-json.ts'
import type { Step } from '../../shared/acme/model.ts'
import type { Exchange } from '../../shared/exchange.ts'
import { toCurl } from '../../shared/export/curl.ts'
import { toFetch } from '../../shared/export/fetch.ts'
import { exchangeText } from '../../shared/export/http-text.ts'
import { hrefOf } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { type Secrets, shownExchange } from './secrets.ts'
import { fetchWhole } from './use-exchange.ts'

export interface Told {
  readonly text: string
  readonly tone: 'ok' | 'bad'
}

const TOLD_MS = 2500

/** A line that goes away again. */
export function useTold(): readonly [Told | null, (told: Told) => void] {
  const [told, setTold] = useState<Told | null>(null)
  const { start, clear } = useTimeout(() => setTold(null), TOLD_MS)
  const tell = (next: Told) => {
    setTold(next)
    clear()
    start()
  }
  return [told, tell]
}

interface Format {
  readonly label: string
  readonly name: string
  readonly applies?: (step: Step) => boolean
  /** Without a whole exchange where it needs none. */
  readonly make: (step: Step, exchange: Exchange, remarks: readonly string[]) => string
}

const isSigned = ({ decoded }: Step): boolean => decoded.jws !== null

const SPENT = 'a signed request: the server takes its nonce once, so a second one is refused with badNonce'

const remarksFor = (step: Step, masked: readonly string[]): readonly string[] => [
  ...masked,
  ...(isSigned(step) ? [SPENT] : []),
]

const formats: readonly Format[] = [
  { label: 'as curl', name: 'curl', make: (step, { request }, masked) => toCurl(request, remarksFor(step, masked)) },
  { label: 'as fetch', name: 'fetch', make: (step, { request }, masked) => toFetch(request, remarksFor(step, masked)) },
  { label: 'as HTTP, request and answer', name: 'HTTP', make: (_, exchange) => exchangeText(exchange) },
  { label: 'as JSON, decoded', name: 'JSON', make: (step) => JSON.stringify(toDecodedJson(step), null, 2) },
  {
    label: 'the JWS as sent, base64url',
    name: 'JWS',
    applies: isSigned,
    make: ({ decoded: { jws } }) => (jws ? `${jws.raw.protected}.${jws.raw.payload}.${jws.raw.signature}` : ''),
  },
  { label: 'the URL', name: 'URL', make: ({ url }) => url },
]

/** What stands in the place of a secret, here and in exports. */
const NAME = /<[a-z_]+_\d{1,9}>/g

const maskedWords = (text: string): string => {
  const count = text.match(NAME)?.length ?? 0
  return count === 1 ? '1 secret masked' : `${count} secrets masked`
}

interface Made {
  readonly text: string
  /** What became of its secrets, in words; empty when it has none. */
  readonly about: string
}

/** @param count of the exchange's secrets, which need not all be in this format */
function make(format: Format, step: Step, exchange: Exchange, count: number, revealed: boolean): Made {
  const text = format.make(step, exchange, [])
  if (count === 0) return { text, about: '' }
  if (revealed) return { text, about: ', secrets not masked' }
  if (!text.match(NAME)) return { text, about: '' }
  const about = maskedWords(text)
  return {
    text: format.make(step, exchange, [`${about}: a name in <> stands in the place of each`]),
    about: `, ${about}`,
  }
}

async function write(text: string): Promise<void> {
  if (navigator.clipboard === undefined)
    throw new Error('browsers let a page copy only if it came over HTTPS or from this machine')
  await navigator.clipboard.writeText(text)
}

interface CopyMenuProps {
  /** As it may be shown. */
  readonly step: Step
  readonly secrets: Secrets
  readonly tell: (told: Told) => void
}

export function CopyMenu({ step, secrets, tell }: CopyMenuProps) {
  const source = useSession((session) => session.source)

  const copy = async (name: string, toMade: () => Promise<Made>) => {
    try {
      const { text, about } = await toMade()
      await write(text)
      tell({ text: `${name} copied${about}`, tone: 'ok' })
    } catch (error) {
      tell({ text: `Not copied: ${error instanceof Error ? error.message : String(error)}`, tone: 'bad' })
    }
  }

  const made = async (format: Format): Promise<Made> => {
    if (source === null) throw new Error('the recording is gone')
    const { shown, count } = shownExchange(await fetchWhole(source, step), secrets)
    return make(format, step, shown, count, secrets.revealed)
  }

  return (
    <Menu position="bottom-end" shadow="md" width={240}>
      <Menu.Target>
        <Tooltip label="Copy">
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Copy">
            <IconCopy size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {formats
          .filter(({ applies = () => true }) => applies(step))
          .map((format) => (
            <Menu.Item key={format.name} onClick={() => void copy(format.name, () => made(format))}>
              Copy {format.label}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void copy('Link', async () => ({ text: linkTo(step), about: '' }))}>
          Copy a link to this step
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const linkTo = ({ exchange }: Step): string => new URL(hrefOf({ step: exchange }), window.location.href).href
