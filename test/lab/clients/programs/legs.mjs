// A program in Node that asks a CA and a DNS provider: legs.mjs fetch|https|agent|undici DIRECTORY API-URL TOKEN.
import { Agent, get } from 'node:https'
import { request } from 'undici'

const [library, directory, api, token] = process.argv.slice(2)

const byHttps = (url, options) =>
  new Promise((resolve, reject) => {
    get(url, options, (response) => response.resume().once('end', () => resolve(response.statusCode))).once(
      'error',
      reject,
    )
  })

const ASK = {
  fetch: async (url, headers) => (await fetch(url, { headers })).status,
  https: (url, headers) => byHttps(url, { headers }),
  // As many libraries do, which then take no heed of the global one.
  agent: (url, headers) => byHttps(url, { headers, agent: new Agent({ keepAlive: false }) }),
  undici: async (url, headers) => (await request(url, { headers })).statusCode,
}

const agent = { 'User-Agent': `legs-${library}/1` }
console.log(
  await ASK[library](directory, agent),
  await ASK[library](api, { ...agent, Authorization: `Bearer ${token}` }),
)
process.exit()
