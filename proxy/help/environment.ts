// `/env`: lines for a POSIX shell, which make its commands use the proxy and trust it. `eval "$(curl -s http://HOST:8555/env)"`.
import { TRUST_ROWS } from '../../shared/client-trust.ts'
import { BUNDLE_FILES } from '../system-roots.ts'
import type { HelpFacts } from './visit.ts'

export interface Environment extends HelpFacts {
  /** Name or address with port, by which the visitor reached us. */
  readonly host: string
}

/**
 * Needs nothing but a shell: the certificate stands in it, and is put beside the roots of the machine it runs on. Into
 * ACMESCOPE_DIR, or a new folder.
 */
export function environmentScript({ host, pem, authority, needsCredentials }: Environment): string {
  const values = { proxy: `http://${needsCredentials ? '$ACMESCOPE_PROXY_AUTH@' : ''}${host}`, ...FILES }
  const rows = TRUST_ROWS.filter(({ value }) => value !== 'nothing')
  return [
    `# ${authority}. For a shell: eval "$(curl -s http://${host}/env)"`,
    ...(needsCredentials
      ? // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
        [': "${ACMESCOPE_PROXY_AUTH:?set it to the USER:PASSWORD that this proxy asks for, written as in a URL}"']
      : []),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    'ACMESCOPE_DIR=${ACMESCOPE_DIR:-$(mktemp -d "${TMPDIR:-/tmp}/acmescope.XXXXXX")}',
    'mkdir -p "$ACMESCOPE_DIR" && chmod 755 "$ACMESCOPE_DIR"',
    'cat > "$ACMESCOPE_DIR/ca.pem" <<\'END_OF_CERTIFICATE\'',
    pem.trim(),
    'END_OF_CERTIFICATE',
    `for acmescope_roots in ${BUNDLE_FILES.join(' ')} /dev/null; do [ -r "$acmescope_roots" ] && break; done`,
    'cat "$acmescope_roots" "$ACMESCOPE_DIR/ca.pem" > "$ACMESCOPE_DIR/bundle.pem"',
    'unset acmescope_roots',
    ...rows.map(
      ({ variable, value }) => `export ${variable}="${value === 'yes' ? '1' : values[value as keyof typeof values]}"`,
    ),
    '',
  ].join('\n')
}

const FILES = { bundle: '$ACMESCOPE_DIR/bundle.pem', pem: '$ACMESCOPE_DIR/ca.pem' } as const
