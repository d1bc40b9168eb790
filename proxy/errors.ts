// Every error a person sees: its code, why it happened, what to do, and the exit code of the process that met it.
// Thrown anywhere in proxy/, printed in one place (cli/main.ts), sent as `ApiError` by the server.
import { StoreFailure, type StoreFailureCode } from './store/failure.ts'

/** 2 wrong usage · 3 a file or recording that cannot be read · 4 a start-up failure (the contract of the CLI). */
export type ExitCode = 2 | 3 | 4 | 126 | 127

export interface TroubleRow {
  readonly exitCode: ExitCode
  /** What is wrong, without a full stop; `detail` is what it is about: a port, a path, a name. */
  readonly why: (detail: string) => string
  readonly fix: string
}

export const TROUBLES = {
  usage: { exitCode: 2, why: (detail) => detail, fix: 'see acmescope --help' },
  'output-exists': {
    exitCode: 2,
    why: (path) => `${path} exists already`,
    fix: 'name another file with -o, or overwrite it with --force',
  },
  'recording-not-found': {
    exitCode: 3,
    why: (name) => `there is no recording "${name}"`,
    fix: 'acmescope list shows their names; a path to a .har file works too',
  },
  'recording-ambiguous': {
    exitCode: 3,
    why: (name) => `"${name}" fits several recordings`,
    fix: 'give more of the id; acmescope list shows them',
  },
  'file-unreadable': {
    exitCode: 3,
    why: (path) => `${path} cannot be read`,
    fix: 'check the path and its permissions',
  },
  'file-not-understood': {
    exitCode: 3,
    why: (detail) => `${detail}: not a HAR 1.2 file`,
    fix: 'export it again as HAR',
  },
  'recordings-unreadable': {
    exitCode: 3,
    why: (path) => `the recordings in ${path} cannot be read`,
    fix: 'name another folder with --recordings, or check its permissions',
  },
  'recordings-unwritable': {
    exitCode: 4,
    why: (path) => `${path} cannot be written to`,
    fix: 'name a folder of yours with --recordings',
  },
  'recordings-corrupted': {
    exitCode: 4,
    why: (detail) => `the recordings are damaged: ${detail}`,
    fix: 'move acmescope.db out of the folder, or name another with --recordings',
  },
  'recordings-newer': {
    exitCode: 4,
    why: (path) => `the recordings in ${path} were written by a newer acmescope`,
    fix: 'update acmescope, or name another folder with --recordings',
  },
  'recordings-locked': {
    exitCode: 4,
    why: (path) => `the recordings in ${path} are held by another program`,
    fix: 'try again when it is done',
  },
  'disk-full': {
    exitCode: 4,
    why: (path) => `there is no space left for ${path}`,
    fix: 'make room, or name another folder with --recordings',
  },
  'recording-live': {
    exitCode: 4,
    why: (name) => `"${name}" is being recorded`,
    fix: 'stop its recorder first',
  },
  'output-unwritable': {
    exitCode: 4,
    why: (path) => `${path} cannot be written`,
    fix: 'name another file with -o',
  },
  'port-in-use': {
    exitCode: 4,
    why: (detail) => `${detail} is in use`,
    fix: 'stop what listens there, or choose another with --proxy-port or --ui-port (0 takes a free one)',
  },
  'port-forbidden': {
    exitCode: 4,
    why: (detail) => `${detail} may not be listened on`,
    fix: 'choose a port above 1023 with --proxy-port or --ui-port',
  },
  'address-unavailable': {
    exitCode: 4,
    why: (detail) => `${detail} is not an address of this machine`,
    fix: 'choose one of its own with --proxy-host or --ui-host',
  },
  'authority-damaged': {
    exitCode: 4,
    why: (detail) => `our authority is damaged: ${detail}`,
    fix: 'put the file back, or move the folder away for a new authority (clients must then trust the new one)',
  },
  'upstream-ca-unreadable': {
    exitCode: 4,
    why: (path) => `--upstream-ca ${path} holds no certificate that can be read`,
    fix: 'give a PEM file with the CA certificate',
  },
  'upstream-proxy-loop': {
    exitCode: 2,
    why: (name) => `the upstream proxy ${name} is this recorder itself`,
    fix: 'name another with --upstream-proxy, or record on another port with --proxy-port',
  },
  'command-not-executable': {
    exitCode: 126,
    why: (command) => `${command} may not be started`,
    fix: 'it is no program, or not one of yours: check its permissions',
  },
  'command-not-found': {
    exitCode: 127,
    why: (command) => `${command} could not be started`,
    fix: 'check its name and PATH',
  },
} satisfies Record<string, TroubleRow>

export type TroubleCode = keyof typeof TROUBLES

/** An error with a row in the table. `cause` keeps what the system said, for DEBUG=acmescope*. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  readonly code: TroubleCode
  readonly fix: string
  readonly exitCode: ExitCode

  constructor(code: TroubleCode, detail: string, options: { cause?: unknown; fix?: string; exitCode?: ExitCode } = {}) {
    const row: TroubleRow = TROUBLES[code]
    super(row.why(detail), { cause: options.cause })
    this.code = code
    this.fix = options.fix ?? row.fix
    this.exitCode = options.exitCode ?? row.exitCode
  }
}

/** `code` of a Node system error (`EADDRINUSE`), or null. */
export function systemCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

const LISTEN_TROUBLES: Readonly<Record<string, TroubleCode>> = {
  EADDRINUSE: 'port-in-use',
  EACCES: 'port-forbidden',
  EPERM: 'port-forbidden',
  EADDRNOTAVAIL: 'address-unavailable',
  ENOTFOUND: 'address-unavailable',
}

/** What a failed `listen` means for a person; anything unknown comes back as it was. `where`: `port 8555 (the proxy's)`. */
export function listenTrouble(error: unknown, where: string): unknown {
  const code = LISTEN_TROUBLES[systemCode(error) ?? '']
  return code ? new Trouble(code, where, { cause: error }) : error
}

const STORE_TROUBLES: Readonly<Record<StoreFailureCode, TroubleCode>> = {
  corrupted: 'recordings-corrupted',
  newer: 'recordings-newer',
  locked: 'recordings-locked',
  full: 'disk-full',
  unreadable: 'recordings-unwritable',
  'recording-live': 'recording-live',
  closed: 'recordings-unwritable',
}

/** What a failure of the store means for who wants to record into (4) or read from (3) that folder; others come back as they were. */
export function storeTrouble(error: unknown, folder: string, purpose: 'record' | 'read'): unknown {
  if (!(error instanceof StoreFailure)) return error
  if (purpose === 'record') return new Trouble(STORE_TROUBLES[error.code], folder, { cause: error })
  const code = error.code === 'unreadable' ? 'recordings-unreadable' : STORE_TROUBLES[error.code]
  return new Trouble(code, folder, { cause: error, exitCode: 3 })
}

/** One line for a person: what is wrong; what to do. */
export const troubleLine = (error: unknown): string =>
  error instanceof Trouble
    ? `${error.message}; ${error.fix}`
    : `unexpected: ${error instanceof Error ? error.message : String(error)}; run again with DEBUG=acmescope* for details`
