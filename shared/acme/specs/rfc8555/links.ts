/** How one answer leads to the next URL (RFC 8555 §7.1, figure 1). A URL is never guessed from its path. */
import type { LinkRow } from '../row.ts'

export const links: readonly LinkRow[] = [
  { answerTo: ['directory'], at: 'newNonce', teaches: 'newNonce', cite: '§7.1.1' },
  { answerTo: ['directory'], at: 'newAccount', teaches: 'newAccount', cite: '§7.1.1' },
  { answerTo: ['directory'], at: 'newOrder', teaches: 'newOrder', cite: '§7.1.1' },
  { answerTo: ['directory'], at: 'newAuthz', teaches: 'newAuthz', cite: '§7.1.1' },
  { answerTo: ['directory'], at: 'revokeCert', teaches: 'revokeCert', cite: '§7.1.1' },
  { answerTo: ['directory'], at: 'keyChange', teaches: 'keyChange', cite: '§7.1.1' },
  { answerTo: ['newAccount'], at: 'Location', teaches: 'account', cite: '§7.3' },
  { answerTo: ['newAccount', 'account'], at: 'orders', teaches: 'ordersList', cite: '§7.1.2' },
  { answerTo: ['ordersList'], at: 'orders[]', teaches: 'order', cite: '§7.1.2.1' },
  { answerTo: ['ordersList'], at: 'Link rel="next"', teaches: 'ordersList', cite: '§7.1.2.1' },
  { answerTo: ['newOrder', 'finalize'], at: 'Location', teaches: 'order', cite: '§7.4' },
  { answerTo: ['newOrder', 'order', 'finalize'], at: 'authorizations[]', teaches: 'authorization', cite: '§7.1.3' },
  { answerTo: ['newOrder', 'order', 'finalize'], at: 'finalize', teaches: 'finalize', cite: '§7.1.3' },
  { answerTo: ['newOrder', 'order', 'finalize'], at: 'certificate', teaches: 'certificate', cite: '§7.1.3' },
  { answerTo: ['newAuthz'], at: 'Location', teaches: 'authorization', cite: '§7.4.1' },
  { answerTo: ['newAuthz', 'authorization'], at: 'challenges[].url', teaches: 'challenge', cite: '§7.1.4' },
  { answerTo: ['challenge'], at: 'Link rel="up"', teaches: 'authorization', reverse: true, cite: '§7.5.1' },
  { answerTo: ['certificate'], at: 'Link rel="alternate"', teaches: 'certificate', cite: '§7.4.2' },
]
