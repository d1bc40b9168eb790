// The forwarders of `--validation`, each with the witness of its way.
import type { Fact } from '../../../shared/exchange.ts'
import { isListenedOn } from '../../capture/own-names.ts'
import { listenTrouble, Trouble } from '../../errors.ts'
import { type Forwarder, startForwarder } from './forwarder.ts'
import { watchHello } from './hello-witness.ts'
import { watchHttp } from './http-witness.ts'
import { toText, type ValidationRule, type Way } from './rule.ts'
import type { Counts, Witness, WitnessOptions } from './witness.ts'

const WITNESSES: Readonly<Record<Way, (options: WitnessOptions) => Witness>> = {
  'http-01': watchHttp,
  'tls-alpn-01': watchHello,
}

/** One forwarder, as it is now. */
export interface Forwarding extends Readonly<Counts> {
  readonly way: Way
  /** `[::]:80`, `127.0.0.1:5002`. */
  readonly listensOn: string
  readonly to: string
}

export interface Validation {
  readonly forwardings: () => readonly Forwarding[]
  readonly stop: () => Promise<void>
}

export interface ValidationOptions {
  readonly rules: readonly ValidationRule[]
  /** Bytes; a larger body is recorded as omitted. */
  readonly maxBody: number
  readonly onFact: (fact: Fact) => void
}

/** Told of each forwarder in a minute: anyone may knock, and no CA asks for so much. The rest is passed on and counted. */
const MOST_A_MINUTE = 600

/** Starts them all or, with a Trouble, none. */
export async function startValidation({ rules, maxBody, onFact }: ValidationOptions): Promise<Validation> {
  const started: { readonly rule: ValidationRule; readonly counts: Counts; readonly forwarder: Forwarder }[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(started.map(({ forwarder }) => forwarder.stop()))
  }
  for (const rule of rules) {
    if (isLoop(rule)) throw loopTrouble(rule)
    const counts: Counts = { validations: 0, others: 0 }
    const shared = { maxBody, counts, mayTell: budget(MOST_A_MINUTE), onFact }
    const witness: Parameters<typeof startForwarder>[0]['witness'] = (client, host) =>
      WITNESSES[rule.way]({ ...shared, client, host })
    const forwarder = await startForwarder({ ...rule, witness }).catch(async (error: unknown) => {
      await stop()
      throw toTrouble(error, rule)
    })
    started.push({ rule, counts, forwarder })
  }
  return {
    forwardings: () =>
      started.map(({ rule, counts, forwarder }) => ({
        way: rule.way,
        listensOn: toText(forwarder.listensOn),
        to: toText(rule.to),
        ...counts,
      })),
    stop,
  }
}

/** What is forwarded to ourselves is forwarded for ever. */
const isLoop = ({ address, port, to }: ValidationRule): boolean =>
  port === to.port && isListenedOn(address ?? '::', to.host === 'localhost' ? '127.0.0.1' : to.host)

const loopTrouble = ({ way, to }: ValidationRule): Trouble =>
  new Trouble('usage', `--validation ${way} would forward to itself, ${toText(to)}`, { fix: ANOTHER_PORT })

function budget(most: number): () => boolean {
  let since = 0
  let told = 0
  return () => {
    if (performance.now() - since > 60_000) {
      since = performance.now()
      told = 0
    }
    return told++ < most
  }
}

const ANOTHER_PORT =
  'let the client listen on another port and name that one last: --validation http-01=80:127.0.0.1:8080, with the client on 8080'

const FIX: Readonly<Partial<Record<Trouble['code'], string>>> = {
  'port-in-use': ANOTHER_PORT,
  'port-forbidden':
    'let the port be led to one above 1023 and give that one, or allow it: setcap, or port 80 of a container',
  'address-unavailable': 'give one of its own, or none for all of them',
}

function toTrouble(error: unknown, { way, address, port }: ValidationRule): unknown {
  const where = address === null ? `port ${port}` : toText({ host: address, port })
  const trouble = listenTrouble(error, `${where} (of --validation ${way})`)
  if (!(trouble instanceof Trouble)) return trouble
  const fix = FIX[trouble.code]
  return new Trouble(trouble.code, `${where} (of --validation ${way})`, { cause: error, ...(fix ? { fix } : {}) })
}
