/** One switch for each exchange: its secrets are masked until somebody asks for them, and again when they go on. */
import { useMemo, useState } from 'react'
import type { Step } from '../../shared/acme/model.ts'
import type { Exchange } from '../../shared/exchange.ts'
import { type Masked, maskExchange, maskStep } from '../../shared/redact/mask.ts'

export interface Secrets {
  readonly revealed: boolean
  readonly reveal: (revealed: boolean) => void
}

const exchanges = new WeakMap<Exchange, Masked<Exchange>>()

/** Masking goes through all of a body, so it is done once. */
export function maskedOnce(exchange: Exchange): Masked<Exchange> {
  const known = exchanges.get(exchange)
  if (known !== undefined) return known
  const masked = maskExchange(exchange)
  exchanges.set(exchange, masked)
  return masked
}

/** The exchange as it may be shown now, and how many places of it hold a secret. */
export function shownExchange(exchange: Exchange, { revealed }: Secrets): Masked<Exchange> {
  const masked = maskedOnce(exchange)
  return revealed ? { shown: exchange, count: masked.count } : masked
}

/** The step as it may be shown now. */
export function useSecrets(step: Step): Masked<Step> & { readonly secrets: Secrets } {
  const [revealed, setRevealed] = useState<string | null>(null)
  const masked = useMemo(() => maskStep(step), [step])
  const { exchange } = step
  if (revealed !== null && revealed !== exchange) setRevealed(null)
  const secrets = useMemo(
    () => ({
      revealed: revealed === exchange,
      reveal: (reveal: boolean) => setRevealed(reveal ? exchange : null),
    }),
    [revealed, exchange],
  )
  return { shown: secrets.revealed ? step : masked.shown, count: masked.count, secrets }
}
