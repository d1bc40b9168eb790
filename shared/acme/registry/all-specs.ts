/** Every document that is written down as rows. */
import { rfc2986, rfc5280, rfc7515, rfc7517, rfc7518, rfc7807 } from '../specs/cited.ts'
import { jwtClaimConstraints } from '../specs/draft-ietf-acme-authority-token-jwtclaimcon.ts'
import { deviceAttest } from '../specs/draft-ietf-acme-device-attest.ts'
import { dnsAccount } from '../specs/draft-ietf-acme-dns-account-label.ts'
import { dnsPersist } from '../specs/draft-ietf-acme-dns-persist.ts'
import { profiles } from '../specs/draft-ietf-acme-profiles.ts'
import { rfc8555 } from '../specs/rfc8555/spec.ts'
import { rfc8737 } from '../specs/rfc8737-tls-alpn.ts'
import { rfc8738 } from '../specs/rfc8738-ip.ts'
import { rfc8739 } from '../specs/rfc8739-star.ts'
import { rfc8823 } from '../specs/rfc8823-email.ts'
import { rfc9115 } from '../specs/rfc9115-delegation.ts'
import { rfc9444 } from '../specs/rfc9444-subdomains.ts'
import { rfc9447 } from '../specs/rfc9447-authority-token.ts'
import { rfc9448 } from '../specs/rfc9448-tnauthlist.ts'
import { rfc9773 } from '../specs/rfc9773-ari.ts'
import { rfc9799 } from '../specs/rfc9799-onion.ts'
import { rfc9891 } from '../specs/rfc9891-node-id.ts'
import type { Spec } from '../specs/row.ts'
import { boulder, sectigo, stepCa, wire } from '../specs/vendors.ts'

export const allSpecs: readonly Spec[] = [
  rfc8555,
  rfc8737,
  rfc8738,
  rfc8739,
  rfc8823,
  rfc9115,
  rfc9444,
  rfc9447,
  rfc9448,
  rfc9773,
  rfc9799,
  rfc9891,
  profiles,
  dnsAccount,
  dnsPersist,
  deviceAttest,
  jwtClaimConstraints,
  boulder,
  stepCa,
  wire,
  sectigo,
  rfc2986,
  rfc5280,
  rfc7515,
  rfc7517,
  rfc7518,
  rfc7807,
]
