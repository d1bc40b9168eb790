// `/env`: lines for a POSIX shell, which make its commands use the proxy and trust it. `eval "$(curl -fsS http://HOST:8555/env)"`.
import { environmentFor, TRUST_ROWS } from '../../shared/client-trust.ts'
import { BUNDLE_FILES } from '../system-roots.ts'
import type { HelpFacts } from './visit.ts'

export interface Environment extends HelpFacts {
  /** Name or address with port, by which the visitor reached us. */
  readonly host: string
}

/**
 * Needs nothing but a shell: the certificate stands in it, and is put beside the roots of the machine it runs on. Into
 * ACMESCOPE_DIR, or a new folder. Where there can be none, nothing is written or set.
 */
export function environmentScript({ host, pem, authority, needsCredentials }: Environment): string {
  const values = { proxy: `http://${needsCredentials ? '$ACMESCOPE_PROXY_AUTH@' : ''}${host}`, ...FILES }
  return [
    `# ${authority}. For a shell: eval "$(curl -fsS http://${host}/env)"`,
    ...(needsCredentials
      ? // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
        [': "${ACMESCOPE_PROXY_AUTH:?set it to the USER:PASSWORD that this proxy asks for, written as in a URL}"']
      : []),
    'if',
    ...FOLDER,
    '  cat > "$ACMESCOPE_DIR/ca.pem" <<\'END_OF_CERTIFICATE\' &&',
    pem.trim(),
    'END_OF_CERTIFICATE',
    `  for acmescope_roots in ${BUNDLE_FILES.join(' ')} /dev/null; do [ -r "$acmescope_roots" ] && break; done &&`,
    '  cat "$acmescope_roots" "$ACMESCOPE_DIR/ca.pem" > "$ACMESCOPE_DIR/bundle.pem" &&',
    '  chmod 644 "$ACMESCOPE_DIR/ca.pem" "$ACMESCOPE_DIR/bundle.pem"',
    'then',
    '  unset acmescope_roots',
    ...Object.entries(environmentFor(TRUST_ROWS, values)).map(([name, value]) => `  export ${name}="${value}"`),
    'else',
    '  echo "acmescope: its certificate could not be written, and nothing was set; name a folder in ACMESCOPE_DIR" >&2',
    '  false',
    'fi',
    '',
  ].join('\n')
}

/** One that was there keeps its permissions. Commands run anywhere, so its path is a whole one. */
const FOLDER = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
  '  if [ -n "${ACMESCOPE_DIR:-}" ]; then mkdir -p "$ACMESCOPE_DIR"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
  '  else ACMESCOPE_DIR=$(mktemp -d "${TMPDIR:-/tmp}/acmescope.XXXXXX") && chmod 755 "$ACMESCOPE_DIR"; fi &&',
  '  ACMESCOPE_DIR=$(CDPATH= cd "$ACMESCOPE_DIR" && pwd) &&',
] as const

const FILES = { bundle: '$ACMESCOPE_DIR/bundle.pem', pem: '$ACMESCOPE_DIR/ca.pem' } as const
