/** Clients that are started by hand and read variables: which ones, the rows in shared/ say. */
import { KNOWN_CLIENTS } from '../../../shared/acme/known/clients.ts'
import type { RecorderInfo } from '../../../shared/api.ts'
import { CLIENT_SETUPS, type ClientSetup, setupOf } from '../../../shared/client-setup.ts'
import { fromHere } from '../../../shared/recorder-address.ts'
import { shellQuoted } from '../../../shared/shell.ts'
import { before, onceOnly, type Part, type Recipe } from './recipe.ts'

/** What the page says of a client beside its lines. */
type Remarks = Pick<Recipe, 'sign' | 'words' | 'wrong'> & Partial<Pick<Recipe, 'undo'>>

const REMARKS: Readonly<Partial<Record<ClientSetup['client'], Remarks>>> = {
  lego: {
    sign: 'le',
    words: 'go acme cli',
    wrong:
      '`LEGO_CA_CERTIFICATES`, if you have it set, covers the CA only; the DNS provider’s leg reads `SSL_CERT_FILE`. On macOS and Windows Go reads neither: run lego in a container, or trust the authority in the system.',
  },
  certbot: {
    sign: 'cb',
    words: 'eff python letsencrypt',
    wrong:
      'Both are needed: certbot itself reads `REQUESTS_CA_BUNDLE`, its Cloudflare plugin from 5.6 on `SSL_CERT_FILE`. `certbot renew` from the timer sees neither; for that see systemd. A snap may not read files in your folder: copy the bundle to /etc/ssl.',
  },
  caddy: {
    sign: 'Ca',
    words: 'certmagic web server go',
    wrong:
      '`caddy reload` talks to the Caddy that runs already, whose environment counts: stop it and start it anew. As a service it runs as user caddy, who cannot read your folder: see systemd.',
    undo: () => 'Stop it, and start it without the variables.',
  },
  'acme.sh': {
    sign: 'sh',
    words: 'acmesh shell curl wget',
    wrong:
      'Where there is no curl it uses wget, which does not read `CURL_CA_BUNDLE`: add `--ca-bundle` with the same file. Its cron job sees none of this; run it by hand.',
  },
  dehydrated: {
    sign: 'de',
    words: 'shell bash curl',
    wrong:
      'The hook speaks to the DNS provider with a tool of its own: if that is neither curl nor Go, it has a variable of its own for its trust.',
  },
  uacme: {
    sign: 'ua',
    words: 'c libcurl',
    wrong:
      'Before 1.7.6 uacme reads `HTTPS_PROXY` and the system’s bundle only: then our PEM must be in /usr/local/share/ca-certificates, as a .crt, for `update-ca-certificates`.',
  },
  'acme-tiny': {
    sign: 'at',
    words: 'python small script',
    wrong:
      'It fetches its own answer before it tells the CA, over plain HTTP and not through the proxy: `--disable-check` leaves that out. It has no option for whom to trust.',
  },
  acmetool: {
    sign: 'to',
    words: 'go hlandau',
    wrong:
      'As `acmetool.service` it sees nothing of your shell: see systemd. On macOS Go does not read `SSL_CERT_FILE`.',
  },
  curl: {
    sign: 'cu',
    words: 'command line hook script',
    wrong:
      '`--cacert` and `--noproxy` of a script, and `~/.curlrc`, win over the variables. For `http://` it reads `http_proxy` in small letters only.',
  },
  node: {
    sign: 'No',
    words: 'javascript typescript acme-client undici fetch axios npm',
    wrong:
      '`fetch` and `https` read the proxy from Node 22.21 and 24 on, and agents that a program makes for itself never do: `acmescope run` brings those through as well. `NODE_EXTRA_CA_CERTS` takes the authority and not the bundle.',
  },
  python: {
    sign: 'Py',
    words: 'requests httpx urllib aiohttp boto3',
    wrong:
      '`trust_env=False` and an `SSLContext` of the program’s own win over the variables; aiohttp reads the proxy with `trust_env=True` only.',
  },
  go: {
    sign: 'Go',
    words: 'golang program certmagic',
    wrong:
      'Go sends nothing for localhost through a proxy: give a test CA another name, and tell the recorder where it is with `--connect-to`. On macOS and Windows it reads the system’s roots only.',
  },
}

const labelOf = (client: string): string => KNOWN_CLIENTS.find(({ id }) => id === client)?.label ?? client

function commandRecipe(setup: ClientSetup, remarks: Remarks): Recipe {
  const label = labelOf(setup.client)
  return {
    id: setup.client,
    label,
    client: setup.client,
    from: 'here',
    where: `Before your ${setup.command.split(' ')[0]} command`,
    parts: (recorder) => linesOf(setup, recorder),
    undo: onceOnly,
    ...remarks,
  }
}

function linesOf(setup: ClientSetup, { proxy, authority }: RecorderInfo): readonly Part[] {
  const lines = setupOf(setup, { proxy: fromHere(proxy), bundle: authority.bundle, pem: authority.pem })
  const quoted = (all: readonly (readonly [string, string])[]) =>
    before(all.map(([name, value]) => [name, shellQuoted(value)]))
  return [
    [1, `${setup.asRoot ? 'sudo env ' : ''}${quoted(lines.proxy)}`],
    [2, quoted(lines.trust)],
    [null, setup.command],
  ]
}

export const commands: readonly Recipe[] = CLIENT_SETUPS.flatMap((setup) => {
  const remarks = REMARKS[setup.client]
  return remarks ? [commandRecipe(setup, remarks)] : []
})
