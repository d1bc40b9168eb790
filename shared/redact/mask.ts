/**
 * What a person is shown of one exchange until they ask for its secrets: the names that an export has in their place, so
 * that a token is a token whoever looks over their shoulder. Addresses and e-mails are theirs to see.
 */
import { parseJson } from '../acme/json.ts'
import { type ParsedJws, parseJws } from '../acme/jws/parse-jws.ts'
import type { Content, DecodedExchange, Jws, Step } from '../acme/model.ts'
import { readProblem } from '../acme/problem.ts'
import { type Body, EMPTY_BODY, type Exchange } from '../exchange.ts'
import { type Redaction, startRedaction } from './redact.ts'
import type { Category } from './rule.ts'

export interface Masked<T> {
  /** The same object where nothing is secret. */
  readonly shown: T
  /** In how many places something is masked. */
  readonly count: number
}

const SECRET: readonly Category[] = ['credential']

export function maskExchange(exchange: Exchange): Masked<Exchange> {
  const redaction = startRedaction([exchange], [], SECRET)
  const masked = redaction.fact(exchange)
  const count = countOf(redaction)
  return count === 0 ? { shown: exchange, count } : { shown: masked, count }
}

/** A step with everything that was read of its exchange; its bodies are not needed. */
export function maskStep(step: Step): Masked<Step> {
  const { decoded } = step
  const whole = maskable(decoded)
  const redaction = startRedaction([whole], [], SECRET)
  const masked = redaction.fact(whole)
  const count = countOf(redaction)
  if (count === 0) return { shown: step, count }
  const shown = maskDecoded(decoded, masked, redaction)
  return {
    shown: {
      ...step,
      url: shown.head.request.url,
      summary: redaction.text(step.summary),
      problem: step.problem && shown.problem,
      decoded: shown,
    },
    count,
  }
}

const countOf = ({ replaced }: Redaction): number => replaced().reduce((sum, { count }) => sum + count, 0)

/** An exchange whose bodies are as much of the recorded ones as was kept decoded. */
export function maskable({ head, request, response }: DecodedExchange): Exchange {
  return {
    ...head,
    request: { ...head.request, body: bodyOf(request) },
    ...(head.response && { response: { ...head.response, body: bodyOf(response) } }),
  } as Exchange
}

function bodyOf(content: Content): Body {
  switch (content.kind) {
    case 'jws':
      return { kind: 'text', text: JSON.stringify(content.jws.raw) }
    case 'json':
      return { kind: 'text', text: JSON.stringify(content.value) }
    case 'text':
    case 'malformed':
      return { kind: 'text', text: content.text }
    default:
      return EMPTY_BODY
  }
}

const textOf = (body: Body | undefined): string => (body?.kind === 'text' ? body.text : '')

function maskDecoded(decoded: DecodedExchange, masked: Exchange, redaction: Redaction): DecodedExchange {
  const request = maskContent(decoded.request, textOf(masked.request.body))
  const response = maskContent(decoded.response, textOf(masked.response?.body))
  const { failure } = masked
  const { body: sent } = decoded.head.request
  const answered = decoded.head.response
  return {
    ...decoded,
    head: {
      ...decoded.head,
      ...(failure && { failure }),
      request: { ...masked.request, body: sent },
      ...(answered && masked.response && { response: { ...masked.response, body: answered.body } }),
    },
    request,
    response,
    jws: request.kind === 'jws' ? request.jws : null,
    problem:
      decoded.problem && response.kind === 'json' ? readProblem(response.value, masked.response?.headers ?? []) : null,
    location: decoded.location && redaction.text(decoded.location),
    links: decoded.links.map((link) => ({ ...link, url: redaction.text(link.url) })),
  }
}

function maskContent(content: Content, text: string): Content {
  switch (content.kind) {
    case 'jws':
      return { kind: 'jws', jws: maskJws(content.jws, text) }
    case 'json':
      return { kind: 'json', value: readAgain(text, content.value) }
    case 'text':
    case 'malformed':
      return { ...content, text }
    default:
      return content
  }
}

function readAgain(text: string, before: unknown): unknown {
  try {
    return parseJson(text)
  } catch {
    return before
  }
}

/** The verdicts are of what was sent. */
function maskJws(jws: Jws, text: string): Jws {
  const parsed = parseJws(readAgain(text, jws.raw))
  return parsed ? judged(parsed, jws) : jws
}

const judged = (parsed: ParsedJws, { signature, inner, problems }: Jws): Jws => ({
  ...parsed,
  signature,
  problems,
  inner: parsed.inner && inner && { ...parsed.inner, jws: judged(parsed.inner.jws, inner.jws) },
})
