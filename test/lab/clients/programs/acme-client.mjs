// A program of Node's acme-client that issues by http-01: acme-client.mjs DIRECTORY WEBROOT CONTACT NAME.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import acme from 'acme-client'

const [directoryUrl, webroot, email, name] = process.argv.slice(2)
const folder = join(webroot, '.well-known', 'acme-challenge')
await mkdir(folder, { recursive: true })

// Once is enough, as a refusal is not mended by time.
acme.axios.defaults.acmeSettings.retryMaxAttempts = 1
const client = new acme.Client({ directoryUrl, accountKey: await acme.crypto.createPrivateKey() })
const [, csr] = await acme.crypto.createCsr({ commonName: name, altNames: [name] })
const certificate = await client.auto({
  csr,
  email,
  termsOfServiceAgreed: true,
  skipChallengeVerification: true,
  challengePriority: ['http-01'],
  challengeCreateFn: (_authorization, { token }, answer) => writeFile(join(folder, token), answer),
  challengeRemoveFn: (_authorization, { token }) => rm(join(folder, token)),
})
console.log(certificate)
