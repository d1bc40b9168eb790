/** Apache with mod_md: a web server that gets its certificates by itself, and goes on running. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { userNamespace } from '../namespaces.ts'
import { type ClientCommand, contact, home, inOrder } from './client.ts'

/** Serves this name, which it gets a certificate for by http-01, with its own server. */
export async function apacheHttp(lab: Lab, name: string): Promise<ClientCommand> {
  const folder = await home(lab, 'apache')
  return {
    name: 'Apache mod_md http-01',
    folder,
    argv: await httpd(lab, folder, name, FROM_ENVIRONMENT),
    env: { HOME: folder },
    until: [/AH10059: The Managed Domain/],
  }
}

/** The same, which reads from this file whom to go through and whom to trust; as a line for a shell. */
export async function httpdCommand(lab: Lab, name: string, connection: string): Promise<string> {
  return inOrder(await httpd(lab, await home(lab, 'apache'), name, `Include "${connection}"`)).at(-1) ?? ''
}

async function httpd(lab: Lab, folder: string, name: string, connection: string): Promise<readonly string[]> {
  const config = join(folder, 'httpd.conf')
  await writeFile(config, httpdConf(lab, folder, name, connection))
  const apache = ['/usr/sbin/apache2', '-f', config, '-DFOREGROUND']
  // It gives up root for another user, who could not read the lab's folders; of that user's number it has nothing to give up.
  return userNamespace === null ? apache : [...userNamespace, ...apache]
}

/** For Apache to fill in from the environment that `acmescope run` makes. */
const FROM_ENVIRONMENT = `MDHttpProxy \${HTTPS_PROXY}
MDCACertificateFile "\${SSL_CERT_FILE}"`

const modules = '/usr/lib/apache2/modules'

const httpdConf = (lab: Lab, folder: string, name: string, connection: string) => `ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${folder}/pid
ErrorLog "|/bin/cat"
LogLevel warn md:notice
ServerName ${name}
${['mpm_event', 'authz_core', 'socache_shmcb', 'ssl', 'md'].map((one) => `LoadModule ${one}_module ${modules}/mod_${one}.so`).join('\n')}
Listen 127.0.0.1:${lab.pebble.httpPort}
Listen 127.0.0.1:${lab.pebble.tlsPort} https
MDPortMap http:${lab.pebble.httpPort} https:${lab.pebble.tlsPort}
MDStoreDir ${folder}/md
MDCertificateAuthority ${lab.pebble.directory}
MDCertificateAgreement accepted
MDContactEmail ${contact}
MDPrivateKeys P-256
MDCAChallenges http-01
${connection}
MDomain ${name}
<VirtualHost *:${lab.pebble.tlsPort}>
  ServerName ${name}
  SSLEngine on
</VirtualHost>
`
