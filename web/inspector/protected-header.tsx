/** The protected header, each member explained beside what it leads to. */
import { explain } from '../../shared/acme/explain/explain.ts'
import type { Jws } from '../../shared/acme/model.ts'
import type { ObjectKind } from '../../shared/acme/specs/row.ts'
import { Match } from './checks.tsx'
import { ExplainedFields } from './explained.tsx'
import { Quiet } from './facts.tsx'
import type { PanelProps } from './panel.ts'

const SameUrl = ({ matches }: { matches: boolean }) => (
  <Match matches={matches}>{matches ? 'the URL of the request' : 'not the URL of the request'}</Match>
)

interface HeaderProps extends PanelProps {
  readonly jws: Jws
  /** Which header it is: of the request, or of a JWS inside it. */
  readonly kind: ObjectKind
}

export function ProtectedHeader({ kind, jws, step, analysis }: HeaderProps) {
  const explanation = explain(kind, jws.header)
  if (explanation === null) return <Quiet>Not base64url of a JSON object.</Quiet>
  const marks = new Map([['url', <SameUrl key="url" matches={jws.url === step.url} />]])
  return <ExplainedFields of={explanation} analysis={analysis} here={step.exchange} marks={marks} />
}
