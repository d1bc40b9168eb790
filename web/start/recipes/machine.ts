/** Places on this machine, for whatever client: a shell, a service, PowerShell, and `run`. */
import type { RecorderInfo } from '../../../shared/api.ts'
import { environmentFor, TRUST_ROWS } from '../../../shared/client-trust.ts'
import { fromHere } from '../../../shared/recorder-address.ts'
import { shellQuoted } from '../../../shared/shell.ts'
import { bundleOf, CONTAINER_TRUST, onceOnly, type Part, type Recipe } from './recipe.ts'

/** Where every user of the machine can read it. */
const FOR_ALL_USERS = '/etc/ssl/acmescope-bundle.pem'

/** What common clients read, one line for each: first the proxy, then what trusts. */
function exportLines({ proxy, authority }: RecorderInfo): readonly Part[] {
  const common = TRUST_ROWS.filter((row) => row.isCommon)
  const lines = (isProxy: boolean) =>
    Object.entries(
      environmentFor(
        common.filter(({ value }) => (value === 'proxy') === isProxy),
        { proxy: fromHere(proxy), bundle: authority.bundle, pem: authority.pem },
      ),
    )
      .map(([name, value]) => `export ${name}=${shellQuoted(value)}`)
      .join('\n')
  return [
    [1, lines(true)],
    [2, lines(false)],
  ]
}

const unset = (): string =>
  `Close the shell, or \`unset ${TRUST_ROWS.filter((row) => row.isCommon)
    .map(({ variable }) => variable)
    .join(' ')}\`.`

export const shell: Recipe = {
  id: 'shell',
  label: 'Any shell',
  sign: '$_',
  words: 'bash zsh sh environment export terminal other client',
  client: null,
  from: 'here',
  where: 'In the shell that then starts the client',
  parts: exportLines,
  wrong:
    '`sudo` drops these variables: run the export lines in a root shell, or use `sudo env NAME=value …`. A service has an environment of its own.',
  undo: unset,
}

export const systemd: Recipe = {
  id: 'systemd',
  label: 'systemd',
  sign: 'sd',
  words: 'service timer unit certbot.timer caddy.service linux',
  client: null,
  from: 'here',
  where: 'In a shell; here for certbot.service',
  parts: (recorder) => [
    [
      2,
      `sudo install -m 644 ${bundleOf(recorder)} ${FOR_ALL_USERS}
sudo mkdir -p /etc/systemd/system/certbot.service.d
sudo tee /etc/systemd/system/certbot.service.d/acmescope.conf <<'END'
[Service]`,
    ],
    [1, `Environment=HTTPS_PROXY=${fromHere(recorder.proxy)}`],
    [2, `${CONTAINER_TRUST.map((name) => `Environment=${name}=${FOR_ALL_USERS}`).join('\n')}\nEND`],
    [null, 'sudo systemctl daemon-reload\nsudo systemctl start certbot.service'],
  ],
  wrong:
    'A service that runs already keeps its environment until it is restarted (`systemctl restart`, not reload). Services run as users who cannot read your folder, hence the copy.',
  undo: () =>
    `\`sudo rm /etc/systemd/system/certbot.service.d/acmescope.conf ${FOR_ALL_USERS}\`, then \`sudo systemctl daemon-reload\`, and restart what runs.`,
}

export const powershell: Recipe = {
  id: 'powershell',
  label: 'PowerShell',
  sign: '>_',
  words: 'windows posh-acme win-acme pwsh',
  client: 'posh-acme',
  from: 'here',
  where: 'In PowerShell 7, before Posh-ACME',
  parts: ({ proxy, authority }) => [
    [1, `$env:HTTPS_PROXY = '${fromHere(proxy)}'`],
    [2, `certutil -user -addstore Root '${authority.pem.replaceAll("'", "''")}'`],
  ],
  wrong:
    'Windows PowerShell 5.1 and win-acme read the system’s proxy settings instead of `HTTPS_PROXY`: set it there, or in win-acme’s settings.json as `Proxy.Url`.',
  undo: ({ authority }) => `\`Remove-Item Env:HTTPS_PROXY\` and \`certutil -user -delstore Root "${authority.name}"\`.`,
}

export const run: Recipe = {
  id: 'run',
  label: 'acmescope run',
  sign: 'run',
  words: 'one command ci script',
  client: null,
  from: 'here',
  where: 'In a shell, before any command',
  parts: () => [[null, 'acmescope run -- certbot certonly --staging …']],
  wrong:
    'It sets the proxy and the trust of that one command, and records it by itself: what it records is in the list of recordings, and not seen by the check on this page.',
  undo: onceOnly,
}
