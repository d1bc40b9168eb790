/** What of the traffic at a challenge port is a validation, and what is the site's own. */
import { HTTP_PATH } from './proof.ts'

/** Whether a request asks where http-01 proofs are (RFC 8555 §8.3). `path`: as it stands in the request. */
export const asksForHttpProof = (path: string): boolean => path.startsWith(HTTP_PATH)

/** RFC 8737 §3: who validates offers this protocol, and no other. */
const ALPN = 'acme-tls/1'

/** Whether a TLS hello asks for a tls-alpn-01 proof. */
export const offersAlpnProof = (protocols: readonly string[]): boolean => protocols.includes(ALPN)
