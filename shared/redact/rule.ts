/** What a rule about a secret says, and short ways to write one. The rows are in rules.ts and with each DNS provider. */

/** Why something is masked; a level is a choice of these. */
export type Category = 'credential' | 'personal'

export interface Rule {
  /** Stands in the pseudonym: `<bearer_token_1>`. */
  readonly label: string
  readonly category: Category
}

export interface HeaderRule extends Rule {
  /** Lower case. */
  readonly header: string
  /** `scheme`: what follows the scheme is secret, and the scheme tells what it is. */
  readonly form: 'whole' | 'scheme' | 'cookies' | 'set-cookie'
}

export interface NamedRule extends Rule {
  /** Lower case. */
  readonly name: string
  /** Only at these hosts and the hosts below them; everywhere when absent. */
  readonly hosts?: readonly string[]
  /** A beginning of the value that is no secret and stays. */
  readonly keep?: string
}

/** What follows a scheme in an Authorization header. */
export interface SchemeRule {
  readonly label: string
  /** What is secret in it by itself, as the first group: it may occur elsewhere without the rest. */
  readonly part?: Rule & { readonly pattern: RegExp }
}

/** What is secret in one API's traffic. */
export interface Secrets {
  readonly headers?: readonly HeaderRule[]
  /** By the scheme of an Authorization header, lower case. */
  readonly schemes?: Readonly<Record<string, SchemeRule>>
  /** Keys of a query string, or of a form. */
  readonly query?: readonly NamedRule[]
  /** Members of JSON objects, and elements of XML. */
  readonly fields?: readonly NamedRule[]
}

export const credential = (label: string): Rule => ({ label, category: 'credential' })
export const personal = (label: string): Rule => ({ label, category: 'personal' })

/** Headers whose whole value is secret. */
export const whole = (label: string, ...headers: readonly string[]): readonly HeaderRule[] =>
  headers.map((header) => ({ ...credential(label), header, form: 'whole' }))

/** Names that are secret wherever they stand. */
export const named = (rule: Rule, ...names: readonly string[]): readonly NamedRule[] =>
  names.map((name) => ({ ...rule, name }))
