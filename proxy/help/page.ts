// The help page at the proxy's own address, for browsers and for terminals. No script, nothing from elsewhere.
import { createHash } from 'node:crypto'
import type { Environment } from './environment.ts'

const STYLE = `
:root { color-scheme: light dark; --bg: #fbfbfc; --panel: #fff; --line: #dfe1e6; --text: #1d2127; --muted: #5c6470; --accent: #2f5fd0 }
@media (prefers-color-scheme: dark) { :root { --bg: #14161a; --panel: #1b1e24; --line: #2e333c; --text: #e6e8ec; --muted: #9aa2af; --accent: #86a8ff } }
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.55 system-ui, sans-serif }
main { max-width: 760px; margin: 0 auto; padding: 56px 24px 72px }
h1 { margin: 0; font-size: 26px; font-weight: 600; letter-spacing: -0.01em }
.lead { margin: 8px 0 36px; color: var(--muted); font-size: 16px }
section { margin-top: 28px; padding: 20px 24px 22px; background: var(--panel); border: 1px solid var(--line); border-radius: 10px }
h2 { margin: 0 0 6px; font-size: 16px; font-weight: 600 }
p { margin: 6px 0; color: var(--muted) }
pre { margin: 12px 0 4px; padding: 12px 14px; overflow-x: auto; background: var(--bg); border: 1px solid var(--line); border-radius: 7px; font: 13px/1.5 ui-monospace, monospace }
code { font: 13px ui-monospace, monospace }
a { color: var(--accent) }
dl { margin: 12px 0 0; display: grid; grid-template-columns: max-content 1fr; gap: 8px 20px }
dt { white-space: nowrap } dd { margin: 0; color: var(--muted); overflow-wrap: anywhere }
`

const hash = createHash('sha256').update(STYLE).digest('base64')

export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
} as const

const shellLine = ({ host, needsCredentials }: Environment): string =>
  `${needsCredentials ? 'export ACMESCOPE_PROXY_AUTH=USER:PASSWORD\n' : ''}eval "$(curl -fsS http://${host}/env)"`

/** The loopback of a container is another one than its machine's. */
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\])(?=:|$)/i

function dockerLines({ host, needsCredentials }: Environment): string {
  const proxy = `http://${needsCredentials ? 'USER:PASSWORD@' : ''}${host.replace(LOOPBACK, 'host.docker.internal')}`
  const lines = [
    ...(LOOPBACK.test(host) ? ['--add-host=host.docker.internal:host-gateway'] : []),
    `-e HTTPS_PROXY=${proxy}`,
    '-v "$PWD/acmescope.pem:/etc/ssl/certs/acmescope.pem:ro" …',
  ]
  return [`curl -so acmescope.pem http://${host}/ca.pem`, `docker run ${lines.join(' \\\n  ')}`].join('\n')
}

/** Who came by the loopback may not know that nobody else can. */
const reachWords = ({ host }: Environment): string =>
  LOOPBACK.test(host)
    ? ' Started without --proxy-host, acmescope listens on the loopback of its machine, which no container reaches on Linux.'
    : ''

const WARNING =
  'Whoever holds the key of this authority can read what a program that trusts it says. Trust it where you record, for as long as you do, and not for a whole system.'

export const toHtml = (at: Environment): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>acmescope: point a client here</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>This is acmescope’s proxy</h1>
<p class="lead">It records what an ACME client, its CA and its DNS provider say to each other. What it recorded is at <a href="${escaped(at.window)}">${escaped(at.window)}</a>.</p>
<section>
<h2>A shell</h2>
<p>Makes every command that follows use the proxy and trust it, in this shell only.</p>
<pre>${escaped(shellLine(at))}</pre>
</section>
<section>
<h2>A container of a Go program</h2>
<p>Traefik, Caddy, lego, cert-manager: one variable and one mounted file, for the CA and for the DNS provider’s API.${escaped(reachWords(at))}</p>
<pre>${escaped(dockerLines(at))}</pre>
</section>
<section>
<h2>The authority</h2>
<p>${escaped(WARNING)}</p>
<dl>
<dt><a href="/ca.pem">ca.pem</a></dt><dd>for settings that add a CA</dd>
<dt><a href="/ca.der">ca.der</a></dt><dd>the same, for Windows, Android and Java</dd>
<dt><a href="/bundle.pem">bundle.pem</a></dt><dd>with the roots of the recorder’s machine, for settings that replace them</dd>
<dt>Name</dt><dd>${escaped(at.authority)}</dd>
<dt>SHA-256</dt><dd><code>${escaped(at.fingerprintSha256)}</code></dd>
</dl>
</section>
</main>
</body>
</html>
`

export const toText = (at: Environment): string => `This is acmescope's proxy. What it records is shown at ${at.window}

A shell, to use it and to trust it:
  ${shellLine(at).replaceAll('\n', '\n  ')}

A container of a Go program:${reachWords(at)}
  ${dockerLines(at).replaceAll('\n', '\n  ')}

Its authority: http://${at.host}/ca.pem, /ca.der, and /bundle.pem with the roots of its machine
  ${at.authority}
  SHA-256 ${at.fingerprintSha256}

${WARNING}
`

const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.codePointAt(0)};`)
