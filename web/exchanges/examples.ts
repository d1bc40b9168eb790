/** Queries to begin with: what is asked most often. */

export interface Example {
  readonly query: string
  readonly meaning: string
}

export const EXAMPLES: readonly Example[] = [
  { query: 'is:failed', meaning: 'What went wrong' },
  { query: 'severity:error OR severity:warning', meaning: 'What findings complain of' },
  { query: '-is:poll -op:newNonce', meaning: 'Without polls and nonces' },
  { query: 'op:dns', meaning: 'What was asked of DNS providers' },
  { query: 'status:>=400 OR has:failure', meaning: 'Refused or unanswered' },
  { query: 'duration:>1s', meaning: 'What took longer than a second' },
  { query: 'body:"status: invalid"', meaning: 'A member of a JSON body' },
]
