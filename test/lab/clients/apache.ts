/** Apache with mod_md: a web server that gets its certificates by itself, and goes on running. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { userNamespace } from '../namespaces.ts'
import { type ClientCommand, contact, home } from './client.ts'

/** Serves this name, which it gets a certificate for by http-01, with its own server. */
export async function apacheHttp(lab: Lab, name: string): Promise<ClientCommand> {
  const folder = await home(lab, 'apache')
  const config = join(folder, 'httpd.conf')
  await writeFile(config, httpdConf(lab, folder, name))
  const apache = ['/usr/sbin/apache2', '-f', config, '-DFOREGROUND']
  return {
    name: 'Apache mod_md http-01',
    folder,
    // It gives up root for another user, who could not read the lab's folders; of that user's number it has nothing to give up.
    argv: userNamespace === null ? apache : [...userNamespace, ...apache],
    env: { HOME: folder },
    until: [/AH10059: The Managed Domain/],
  }
}

const modules = '/usr/lib/apache2/modules'

/** `${…}` is for Apache to fill in from the environment that `acmescope run` makes. */
const httpdConf = (lab: Lab, folder: string, name: string) => `ServerRoot ${folder}
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
MDHttpProxy \${HTTPS_PROXY}
MDCACertificateFile \${SSL_CERT_FILE}
MDomain ${name}
<VirtualHost *:${lab.pebble.tlsPort}>
  ServerName ${name}
  SSLEngine on
</VirtualHost>
`
