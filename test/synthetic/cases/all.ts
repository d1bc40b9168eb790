/** Every reason why a certificate was not issued, by recordings. */
import { accountCases } from './accounts.ts'
import type { Case } from './case.ts'
import { dnsCases } from './dns.ts'
import { dnsApiCases } from './dns-api.ts'
import { limitCases } from './limits.ts'
import { refusalCases } from './refusals.ts'
import { transportCases } from './transport.ts'
import { validationCases } from './validation.ts'

export const CASES: readonly Case[] = [
  ...transportCases,
  ...dnsApiCases,
  ...dnsCases,
  ...validationCases,
  ...accountCases,
  ...limitCases,
  ...refusalCases,
]
