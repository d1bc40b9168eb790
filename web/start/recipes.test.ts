import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { RecorderInfo } from '../../shared/api.ts'
import { CLIENT_SETUPS } from '../../shared/client-setup.ts'
import {
  asSeenFrom,
  fromCluster,
  fromContainer,
  fromHere,
  isLocalOnly,
  restartAt,
} from '../../shared/recorder-address.ts'
import { textOf } from './recipes/recipe.ts'
import { recipes } from './recipes.ts'

const recorderAt = (host: string, folder = '/home/ann/recordings'): RecorderInfo => ({
  version: '0',
  proxy: `http://${host}:8555`,
  ui: 'http://127.0.0.1:8556/',
  authority: {
    name: 'acmescope interception authority 0a1b2c3d',
    pem: `${folder}/authority/ca.pem`,
    bundle: `${folder}/authority/bundle.pem`,
    fingerprintSha256: '',
    notAfter: '',
  },
  recording: 'now',
  recordingsFolder: folder,
})

const local = recorderAt('127.0.0.1')
const withLines = recipes.filter(({ id }) => id !== 'run')

test('there is a recipe for each client and each place that was promised, once', () => {
  const ids = recipes.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  for (const id of [
    'traefik',
    'lego',
    'certbot',
    'caddy',
    'cert-manager',
    'acme.sh',
    'docker',
    'compose',
    'kubernetes',
  ])
    expect(ids).toContain(id)
  expect(ids[0]).toBe('shell')
})

describe.each(withLines)('$id', (recipe) => {
  const text = textOf(recipe, local)

  test('names the proxy and a file of the authority, as both of its steps', () => {
    expect(text).toMatch(/http:\/\/(127\.0\.0\.1|host\.docker\.internal|ADDRESS-OF-THIS-MACHINE):8555/)
    expect(text).toContain('/home/ann/recordings/authority/')
    const steps = recipe.parts(local).map(([step]) => step)
    expect(steps).toEqual(expect.arrayContaining([1, 2]))
  })

  test('points elsewhere than at an address that means the client itself, or everything', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '[::]']) {
      const there = textOf(recipe, recorderAt(host))
      expect(there).not.toMatch(/\/\/(0\.0\.0\.0|\[::\])/)
      if (recipe.from !== 'here') expect(there).not.toMatch(/\/\/(127\.0\.0\.1|localhost|\[::1\])/)
    }
    expect(textOf(recipe, recorderAt('192.168.7.1'))).toContain('http://192.168.7.1:8555')
  })

  test('says what goes wrong and how to undo it, in sentences', () => {
    for (const said of [recipe.wrong, recipe.undo(local)]) {
      expect(said).toMatch(/\.$/)
      expect(said.split('`').length % 2).toBe(1)
    }
  })
})

test.each(CLIENT_SETUPS)('the page of $client and its lines take the same variables', ({ client, page, variables }) => {
  const text = readFileSync(new URL(`../../docs/clients/${page}.md`, import.meta.url), 'utf8')
  const recipe = recipes.find(({ id }) => id === client)
  const lines = recipe ? textOf(recipe, local) : ''
  for (const variable of variables) {
    expect(text).toMatch(new RegExp(`\\b${variable}=`))
    expect(lines).toContain(`${variable}=`)
  }
  expect(lines.match(/\b[A-Z_]+(?==)/g)).toEqual(variables)
})

const inShell = withLines.filter(({ where }) => !/yaml|PowerShell/.test(where))

test.each(inShell)('a shell reads the lines for $id, whatever the folder is called', (recipe) => {
  for (const folder of ['/home/ann/recordings', "/home/o'neil/my recordings"]) {
    const text = textOf(recipe, recorderAt('127.0.0.1', folder)).replaceAll('…', 'x')
    expect(() => execFileSync('sh', ['-n'], { input: text })).not.toThrow()
  }
})

test('a shell sets what it is told, in a folder with a space and a quote', () => {
  const [shell] = recipes
  const folder = "/home/o'neil/my recordings"
  const text = shell ? textOf(shell, recorderAt('127.0.0.1', folder)) : ''
  const said = execFileSync('sh', ['-c', `${text}\nprintf '%s %s' "$HTTPS_PROXY" "$SSL_CERT_FILE"`]).toString()
  expect(said).toBe(`http://127.0.0.1:8555 ${folder}/authority/bundle.pem`)
})

/** No parser of YAML is at hand: what is checked is what goes wrong in writing it by hand. */
function yamlIn(text: string): readonly string[] {
  const here = /<<'END'\n([\s\S]*?)\nEND/.exec(text)?.[1]
  return (here ?? text).split('\n')
}

test.each(recipes.filter(({ id }) => ['traefik', 'compose', 'kubernetes', 'cert-manager'].includes(id)))(
  'the lines for $id are YAML',
  (recipe) => {
    let depth = 0
    for (const line of yamlIn(textOf(recipe, recorderAt('127.0.0.1', '/home/ann/my recordings')))) {
      expect(line).toMatch(/^(?: {2})*(?:- )?(?:[\w.-]+:(?: (?:"[^"]*"|[^\s"#][^"#]*))?|"[^"]+"|[\w./-]+:[\w./:-]+)$/)
      const indent = line.search(/\S/)
      expect(indent).toBeLessThanOrEqual(depth + 4)
      depth = indent
    }
  },
)

test('a page that is reached from elsewhere knows the address of the recorder’s machine', () => {
  const everywhere = recorderAt('0.0.0.0')
  expect(asSeenFrom('192.168.7.1', everywhere).proxy).toBe('http://192.168.7.1:8555')
  expect(asSeenFrom('localhost', everywhere)).toBe(everywhere)
  expect(asSeenFrom('192.168.7.1', local)).toBe(local)
})

test('where credentials are asked for, they stand in every address, with a word in the place of the password', () => {
  const asking = { ...recorderAt('0.0.0.0'), proxy: 'http://a%40b:PASSWORD@0.0.0.0:8555' }
  expect(fromHere(asking.proxy)).toBe('http://a%40b:PASSWORD@127.0.0.1:8555')
  expect(fromContainer(asking.proxy)).toBe('http://a%40b:PASSWORD@host.docker.internal:8555')
  expect(restartAt(asking, '10.0.0.1')).toContain(' --proxy-auth a@b:PASSWORD ')
})

test('addresses, from here, from a container and from a cluster', () => {
  expect(fromHere('http://0.0.0.0:8555')).toBe('http://127.0.0.1:8555')
  expect(fromHere('http://[::]:8555')).toBe('http://[::1]:8555')
  expect(fromHere('http://10.1.2.3:8555')).toBe('http://10.1.2.3:8555')
  expect(fromContainer('http://[::1]:1')).toBe('http://host.docker.internal:1')
  expect(fromCluster('http://0.0.0.0:1')).toBe('http://ADDRESS-OF-THIS-MACHINE:1')
  expect([isLocalOnly('http://127.0.0.1:1'), isLocalOnly('http://0.0.0.0:1')]).toEqual([true, false])
  expect(restartAt(recorderAt('127.0.0.1', '/my recordings'), '172.17.0.1')).toBe(
    "acmescope --proxy-host 172.17.0.1 --proxy-port 8555 --ui-port 8556 --recordings '/my recordings'",
  )
})
