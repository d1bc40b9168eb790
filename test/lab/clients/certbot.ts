/** certbot: issuance, and what it does with accounts and issued certificates. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { labToken } from '../cloudflare.ts'
import type { Lab } from '../lab.ts'
import { type ClientCommand, contact, flags, home, inOrder } from './client.ts'

/** With its Cloudflare plugin (dns-01). */
export async function certbotCloudflare(lab: Lab, names: readonly string[], token = labToken): Promise<ClientCommand> {
  const folder = await home(lab, 'certbot-cloudflare')
  const credentials = join(folder, 'cloudflare.ini')
  await writeFile(credentials, `dns_cloudflare_api_token = ${token}\n`, { mode: 0o600 })
  const plugin = [
    '--dns-cloudflare',
    '--dns-cloudflare-credentials',
    credentials,
    '--dns-cloudflare-propagation-seconds',
    '0',
  ]
  const argv = certbot(lab, folder, 'certonly', [...newAccount, ...plugin, ...flags('-d', names)])
  return { name: 'certbot dns-01', folder, argv, env: { HOME: folder } }
}

/** As its own web server (http-01). */
export async function certbotStandalone(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'certbot-standalone')
  const server = ['--standalone', '--http-01-address', '127.0.0.1', '--http-01-port', String(lab.pebble.httpPort)]
  const argv = certbot(lab, folder, 'certonly', [...newAccount, ...server, ...flags('-d', names)])
  return { name: 'certbot http-01', folder, argv, env: { HOME: folder } }
}

/** Leaves its answers to the lab's web server (http-01). */
export async function certbotWebroot(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'certbot-webroot')
  const argv = certbot(lab, folder, 'certonly', [...newAccount, '--webroot', '-w', lab.webroot, ...flags('-d', names)])
  return { name: 'certbot http-01', folder, argv, env: { HOME: folder } }
}

/** The same certbot, renewing what it has before its time. */
export const certbotRenewal = (lab: Lab, before: ClientCommand): ClientCommand => ({
  ...before,
  name: 'certbot, renewal',
  argv: certbot(lab, before.folder, 'renew', ['--force-renewal', '--no-random-sleep-on-renew']),
})

/** Registers, changes the contact, deactivates. */
export async function certbotAccount(lab: Lab): Promise<ClientCommand> {
  const folder = await home(lab, 'certbot-account')
  const argv = inOrder(
    certbot(lab, folder, 'register', newAccount),
    certbot(lab, folder, 'update_account', ['--no-eff-email', '-m', 'other@example.test']),
    certbot(lab, folder, 'unregister', []),
  )
  return { name: 'certbot, an account', folder, argv, env: { HOME: folder } }
}

/** Only registers, with this external account binding or none. */
export async function certbotRegister(
  lab: Lab,
  eab?: { readonly kid: string; readonly hmac: string },
): Promise<ClientCommand> {
  const folder = await home(lab, 'certbot-register')
  const binding = eab === undefined ? [] : ['--eab-kid', eab.kid, '--eab-hmac-key', eab.hmac]
  const argv = certbot(lab, folder, 'register', [...newAccount, ...binding])
  return { name: 'certbot, registration', folder, argv, env: { HOME: folder } }
}

/**
 * Issues by http-01, then revokes as often as there are signers: with the account's key, or with the certificate's own.
 * Needs the lab's web server.
 */
export async function certbotRevoke(
  lab: Lab,
  name: string,
  signers: readonly ('account' | 'certificate')[],
): Promise<ClientCommand> {
  const folder = await home(lab, 'certbot-revoke')
  const live = (file: string) => join(folder, 'config', 'live', name, file)
  const keyOf = { account: [], certificate: ['--key-path', live('privkey.pem')] }
  const revocations = signers.map((signer) =>
    certbot(lab, folder, 'revoke', ['--cert-path', live('cert.pem'), '--no-delete-after-revoke', ...keyOf[signer]]),
  )
  const issuance = certbot(lab, folder, 'certonly', [...newAccount, '--webroot', '-w', lab.webroot, '-d', name])
  return {
    name: 'certbot, revocation',
    folder,
    argv: inOrder(issuance, ...revocations),
    env: { HOME: folder },
  }
}

const newAccount = ['--agree-tos', '--no-eff-email', '-m', contact]

function certbot(lab: Lab, folder: string, verb: string, rest: readonly string[]): readonly string[] {
  const folders = [
    '--config-dir',
    join(folder, 'config'),
    '--work-dir',
    join(folder, 'work'),
    '--logs-dir',
    join(folder, 'logs'),
  ]
  return ['certbot', verb, '--non-interactive', '--server', lab.pebble.directory, ...folders, ...rest]
}
