/** The limits of CAs, by what their refusals say: https://letsencrypt.org/docs/rate-limits/ as of August 2026. */

interface LimitRow {
  readonly id: 'limit.failed-validations' | 'limit.duplicate-certificate' | 'limit.paused' | 'limit.other'
  /** Of the refusal's detail. */
  readonly hint: RegExp
  /** Which limit it is, as the end of “This is the limit …”. */
  readonly name: string
  /** How it stands at Let's Encrypt, production. */
  readonly letsEncrypt: string
}

const rows: readonly LimitRow[] = [
  {
    id: 'limit.paused',
    hint: /temporarily prevented|\bpaused?\b|unpause/i,
    name: 'for names whose validation failed again and again over a long time',
    letsEncrypt: 'It ends only when somebody opens the link in the CA’s answer.',
  },
  {
    id: 'limit.failed-validations',
    hint: /failed (?:authorizations|validations)/i,
    name: 'on failed validations of one name by one account',
    letsEncrypt: 'Five an hour; one more is allowed every 12 minutes.',
  },
  {
    id: 'limit.duplicate-certificate',
    hint: /exact (?:same )?set of|duplicate certificate/i,
    name: 'on certificates for exactly the same names',
    letsEncrypt:
      'Five in seven days; one more is allowed every 34 hours. Renewals that name what they replace (ARI) are exempt.',
  },
  {
    id: 'limit.other',
    hint: /certificates? \(\d+\) already issued for|registered domain/i,
    name: 'on certificates for one registered domain and all names below it',
    letsEncrypt: '50 in seven days. Renewals that name what they replace (ARI) are exempt.',
  },
  {
    id: 'limit.other',
    hint: /new orders/i,
    name: 'on new orders of one account',
    letsEncrypt: '300 in three hours. Renewals that name what they replace (ARI) are exempt.',
  },
  {
    id: 'limit.other',
    hint: /new registrations|accounts? (?:per|from) (?:this )?IP/i,
    name: 'on new accounts from one address',
    letsEncrypt: 'Ten in three hours.',
  },
]

/** Null for a limit that no row describes. */
export const limitRow = (detail: string): LimitRow | null => rows.find(({ hint }) => hint.test(detail)) ?? null
