// Who may pass the door: with `--proxy-auth`, whoever gives these credentials. And what is learnt there of names led to us.
import type net from 'node:net'
import type { Reply } from '../../help/visit.ts'
import type { Target } from '../upstream/connect-to.ts'
import { type Credentials, fromBasic, isSame } from './credentials.ts'
import type { Arrival } from './door.ts'

/** A client that was turned away. */
export interface TurnedAway {
  readonly socket: net.Socket
  readonly target: Target | null
  readonly code: 'CREDENTIALS_MISSING' | 'CREDENTIALS_WRONG' | 'CREDENTIALS_IMPOSSIBLE'
  readonly message: string
}

export interface AdmissionOptions {
  /** Null: everyone may pass. */
  readonly wanted: Credentials | null
  /** Whether a request straight to our port is for ourselves. */
  readonly isOwn: (target: Target) => boolean
  /** A client came to us under this name without a proxy. */
  readonly ledHere: (target: Target) => void
  /** Answers who came to see the proxy itself. */
  readonly visit: (arrival: Arrival) => Reply
  readonly onTurnedAway: (turned: TurnedAway) => void
}

const MESSAGES: Readonly<Record<TurnedAway['code'], string>> = {
  CREDENTIALS_MISSING: 'the client gave no credentials, and --proxy-auth asks for them',
  CREDENTIALS_WRONG: 'the client gave credentials, but not those of --proxy-auth',
  CREDENTIALS_IMPOSSIBLE:
    'the client came straight to this port, without a proxy, and so cannot give the credentials that --proxy-auth asks for',
}

const ANSWERS: Readonly<Record<TurnedAway['code'], string>> = {
  CREDENTIALS_MISSING:
    'acmescope: this proxy asks for credentials. Give them as in HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT',
  CREDENTIALS_WRONG: 'acmescope: these are not the credentials of this proxy.',
  CREDENTIALS_IMPOSSIBLE:
    'acmescope: this proxy asks for credentials (--proxy-auth), which a client that comes here under the name of the server cannot give.',
}

export function turnedAway(socket: net.Socket, target: Target | null, code: TurnedAway['code']): TurnedAway {
  return { socket, target, code, message: MESSAGES[code] }
}

/** For `atTheDoor`. */
export function admission({
  wanted,
  isOwn,
  ledHere,
  visit,
  onTurnedAway,
}: AdmissionOptions): (arrival: Arrival) => Reply | null {
  const refuse = ({ socket, target }: Arrival, code: TurnedAway['code']): Reply => {
    onTurnedAway(turnedAway(socket, target, code))
    const isHopeless = code === 'CREDENTIALS_IMPOSSIBLE'
    const headers = {
      'content-type': 'text/plain; charset=utf-8',
      ...(isHopeless ? {} : { 'proxy-authenticate': 'Basic realm="acmescope", charset="UTF-8"' }),
    }
    return { status: isHopeless ? 403 : 407, headers, body: Buffer.from(`${ANSWERS[code]}\n`) }
  }
  return (arrival) => {
    const { way, target, header } = arrival
    if (isVisit(arrival, isOwn)) return visit(arrival)
    if (way === 'tunnel') return null
    if (way !== 'proxy') {
      if (target === null) return null
      ledHere(target)
      return wanted ? refuse(arrival, 'CREDENTIALS_IMPOSSIBLE') : null
    }
    if (wanted === null) return null
    const given = fromBasic(header('proxy-authorization'))
    if (given && isSame(given, wanted)) return null
    return refuse(arrival, given ? 'CREDENTIALS_WRONG' : 'CREDENTIALS_MISSING')
  }
}

/**
 * Plain HTTP straight to our port is for ourselves, whatever name it is asked under (a container's name for us, a published
 * port): servers that we stand for are asked over TLS. Else what is asked for must be our own address.
 */
const isVisit = ({ way, method, target }: Arrival, isOwn: AdmissionOptions['isOwn']): boolean =>
  method !== 'CONNECT' && (way === 'direct-plain' || (target !== null && isOwn(target)))
