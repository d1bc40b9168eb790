/** What a recipe is, and what many of them share. Every one needs the proxy and our authority. */
import type { ClientId } from '../../../shared/acme/known/clients.ts'
import type { RecorderInfo } from '../../../shared/api.ts'
import { shellQuoted } from '../../../shared/shell.ts'

/** Lines of what is copied, and which of the two things they do: 1 the proxy, 2 trust, null neither. */
export type Part = readonly [step: 1 | 2 | null, lines: string]

export interface Recipe {
  readonly id: string
  readonly label: string
  /** Two letters, for a sign. */
  readonly sign: string
  /** What a search finds it by, beside its name. */
  readonly words: string
  /** Who then comes, as far as that is known: whose cures are told. */
  readonly client: ClientId | null
  /** From where the client sees the recorder. */
  readonly from: 'here' | 'container' | 'cluster'
  /** Where the lines go. */
  readonly where: string
  readonly parts: (recorder: RecorderInfo) => readonly Part[]
  /** The one thing that usually goes wrong. Words in backquotes are code, here and below. */
  readonly wrong: string
  readonly undo: (recorder: RecorderInfo) => string
}

/** Backends and local networks stay off the proxy: a reverse proxy's own traffic is none of ours. */
export const LOCAL_NETWORKS = 'localhost,127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16'
/** The cluster's own names, too, or the client no longer reaches the Kubernetes API. */
export const CLUSTER_NETWORKS = `${LOCAL_NETWORKS},.svc,.cluster.local`

/** Go reads every file of this folder beside its bundle. */
export const GO_CERTIFICATE = '/etc/ssl/certs/acmescope.pem'
export const IN_CONTAINER = '/acmescope/bundle.pem'
/** A word of YAML; JSON's strings are YAML's. */
export const yaml = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : JSON.stringify(text))

export const bundleOf = ({ authority }: RecorderInfo): string => shellQuoted(authority.bundle)
export const pemOf = ({ authority }: RecorderInfo): string => shellQuoted(authority.pem)

/** `VARIABLE=value \` before a command. */
export const before = (variables: readonly (readonly [string, string])[]): string =>
  variables.map(([name, value]) => `${name}=${value} \\`).join('\n')

export const onceOnly = (): string => 'Nothing to undo: the variables hold for this one command.'

/** The three variables by which most programs in a container trust. */
export const CONTAINER_TRUST = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'] as const

/** What is copied. */
export const textOf = (recipe: Recipe, recorder: RecorderInfo): string =>
  recipe
    .parts(recorder)
    .map(([, lines]) => lines)
    .join('\n')
