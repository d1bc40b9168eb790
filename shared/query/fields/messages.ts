/** Fields: what the messages hold, and how they were signed. */
import type { Step } from '../../acme/model.ts'
import { headerLines, requestLines, responseLines } from '../body-lines.ts'
import { isStep } from '../query.ts'
import { type Chapter, choiceRow, present, textRow } from './row.ts'

const requestHeaders = ({ decoded }: Step) => headerLines(decoded.head.request.headers)
const responseHeaders = ({ decoded }: Step) => headerLines(decoded.head.response?.headers ?? [])

function* both<T>(...parts: readonly Iterable<T>[]): Iterable<T> {
  for (const part of parts) yield* part
}

export const messages: Chapter = {
  title: 'What was sent and answered',
  rows: [
    textRow({
      name: 'header',
      meaning: 'A header of either message, as a line “name: value”.',
      example: 'header:"retry-after: 3"',
      isOffered: false,
      ofStep: (step) => both(requestHeaders(step), responseHeaders(step)),
    }),
    textRow({
      name: 'req.header',
      meaning: 'A header of the request.',
      example: 'req.header:user-agent',
      isEverywhere: false,
      isOffered: false,
      ofStep: requestHeaders,
    }),
    textRow({
      name: 'res.header',
      meaning: 'A header of the answer.',
      example: 'res.header:boulder-requester',
      isEverywhere: false,
      isOffered: false,
      ofStep: responseHeaders,
    }),
    textRow({
      name: 'body',
      meaning:
        'What either body holds: each member of decoded JSON and of a JWS as a line “name: value”, names of CSRs and certificates, the first 4,096 characters of other text.',
      example: 'body:"status: pending"',
      isOffered: false,
      ofStep: (step) => both(requestLines(step), responseLines(step)),
    }),
    textRow({
      name: 'req.body',
      meaning: 'What the request’s body holds.',
      example: 'req.body:onlyReturnExisting',
      isEverywhere: false,
      isOffered: false,
      ofStep: requestLines,
    }),
    textRow({
      name: 'res.body',
      meaning: 'What the answer’s body holds.',
      example: 'res.body:nas.',
      isEverywhere: false,
      isOffered: false,
      ofStep: responseLines,
    }),
    textRow({
      name: 'nonce',
      meaning: 'The nonce that was spent, and the one the answer gave out.',
      example: 'nonce:abc',
      ofStep: ({ decoded }) => present(decoded.jws?.nonce, decoded.replayNonce),
    }),
    textRow({
      name: 'alg',
      meaning: 'Algorithm of the signature, whole.',
      example: 'alg:ES256',
      match: 'whole',
      ofStep: ({ decoded }) => present(decoded.jws?.alg),
    }),
    textRow({
      name: 'kid',
      meaning: 'Account URL the request was signed under.',
      example: 'kid:/acct/1234',
      ofStep: ({ decoded }) => present(decoded.jws?.kid),
    }),
    choiceRow({
      name: 'signature',
      meaning: 'What came of checking the signature.',
      example: 'signature:invalid',
      choices: (['valid', 'invalid', 'unverifiable'] as const).map((status) => ({
        value: status,
        meaning: '',
        holds: (subject) => isStep(subject) && subject.decoded.jws?.signature.status === status,
      })),
    }),
    textRow({
      name: 'http',
      meaning: 'Version of HTTP the request was sent with.',
      example: 'http:2',
      ofStep: ({ decoded }) => [decoded.head.request.httpVersion],
    }),
    textRow({
      name: 'tls',
      meaning: 'TLS on both sides: version, ALPN, server name, the server’s certificate.',
      example: 'tls:1.3',
      ofStep: ({ decoded: { head } }) =>
        present(...Object.values(head.tls?.client ?? {}), ...Object.values(head.tls?.upstream ?? {})),
      ofConnection: ({ tls }) => present(...Object.values(tls ?? {})),
    }),
  ],
}
