import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answerVisit, type HelpFacts, type Visit } from './visit.ts'

const FACTS: HelpFacts = {
  authority: 'acmescope interception authority 0123abcd',
  fingerprintSha256: 'AB:CD',
  pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  der: Buffer.from([0x30, 0x82]),
  bundle: 'ROOTS AND OURS',
  window: 'http://127.0.0.1:8556',
  needsCredentials: false,
  address: '127.0.0.1:8555',
}

const visit = (of: Partial<Visit>, facts: Partial<HelpFacts> = {}) => {
  const reply = answerVisit(
    { method: 'GET', path: '/', host: 'acmescope:8555', accept: '*/*', ...of },
    { ...FACTS, ...facts },
  )
  return { ...reply, text: reply.body.toString('latin1') }
}

test.each([
  ['/ca.pem', 'application/x-pem-file', FACTS.pem],
  ['/ca.der', 'application/x-x509-ca-cert', FACTS.der.toString('latin1')],
  ['/bundle.pem', 'application/x-pem-file', FACTS.bundle],
])('%s is a file of its own type', (path, type, content) => {
  const { status, headers, text } = visit({ path })
  expect([status, headers['content-type'], text]).toEqual([200, type, content])
  expect(headers['content-disposition']).toMatch(/^attachment; filename="acmescope[\w.-]+"$/)
})

test('a terminal gets text, a browser a page that runs nothing and loads nothing', () => {
  const forTerminal = visit({})
  expect(forTerminal.headers['content-type']).toMatch(/^text\/plain/)
  expect(forTerminal.text).toContain('eval "$(curl -fsS http://acmescope:8555/env)"')
  const page = visit({ accept: 'text/html,application/xhtml+xml' })
  expect(page.headers['content-type']).toMatch(/^text\/html/)
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(page.text).not.toMatch(/<script|<img|<link|style=/)
  for (const said of [FACTS.authority, FACTS.fingerprintSha256, 'http://acmescope:8555/ca.pem', FACTS.window])
    expect([page.text.includes(said), forTerminal.text.includes(said)]).toEqual([true, true])
})

test('anything else is said to be elsewhere', () => {
  expect(visit({ path: '/api/recorder' })).toMatchObject({ status: 404, text: expect.stringContaining(FACTS.window) })
  expect(visit({ method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
})

describe('the name by which the visitor came', () => {
  test('leads a container out of its own loopback', () => {
    const { text } = visit({ host: '127.0.0.1:8555' })
    expect(text).toContain('-e HTTPS_PROXY=http://host.docker.internal:8555')
    expect(text).toContain('--add-host=host.docker.internal:host-gateway')
  })

  test.each(['acmescope', 'host.docker.internal:8555', '10.0.0.1:1', '[2001:db8::1]:8555'])('%s is used', (host) => {
    expect(visit({ path: '/env', host }).text).toContain(`HTTPS_PROXY="http://${host}"`)
  })

  test.each([
    undefined,
    '',
    'a"; rm -rf /; "',
    'a$(id)',
    'a`id`',
    'a b',
    'a/b',
    '<script>',
    'user@host',
    'a:b',
    `${'a'.repeat(300)}.test`,
    'x\ny',
  ])('%j is not', (host) => {
    for (const accept of ['*/*', 'text/html'])
      for (const path of ['/', '/env']) {
        const { text } = visit({ path, accept, host })
        expect(text).toContain(`http://${FACTS.address}`)
        if (host) expect(text.includes(host)).toBe(host === '')
      }
  })
})

describe('/env', () => {
  const inShell = (shell: string, script: string, env: Record<string, string> = {}): string =>
    execFileSync(
      shell,
      [
        '-euc',
        `${script}\nprintf '%s|' "$HTTPS_PROXY" "$https_proxy" "$NODE_USE_ENV_PROXY"; cat "$NODE_EXTRA_CA_CERTS"; tail -n 3 "$SSL_CERT_FILE"`,
      ],
      {
        encoding: 'utf8',
        env: { PATH: '/usr/bin:/bin', ...env },
      },
    )

  test.each(['dash', 'bash'])('in %s it sets what clients read, and makes the files', (shell) => {
    const said = inShell(shell, visit({ path: '/env' }).text)
    expect(said).toBe(`http://acmescope:8555|http://acmescope:8555|1|${FACTS.pem}${FACTS.pem}`)
  })

  test.each(['dash', 'bash'])('in %s what led past the proxy before does so no longer', (shell) => {
    const said = execFileSync(
      shell,
      ['-euc', `${visit({ path: '/env' }).text}\nprintf '%s|' "$NO_PROXY" "$ALL_PROXY"`],
      {
        encoding: 'utf8',
        env: { PATH: '/usr/bin:/bin', NO_PROXY: '*', ALL_PROXY: 'socks5://127.0.0.1:2' },
      },
    )
    expect(said).toBe('||')
  })

  test.each(['dash', 'bash'])('in %s a folder of one’s own keeps its permissions, the files are for all', (shell) => {
    const folder = mkdtempSync(join(tmpdir(), 'acmescope-env-'))
    chmodSync(folder, 0o1777)
    try {
      const script = `umask 077; cd ${folder}/..; ${visit({ path: '/env' }).text}\nprintf %s "$SSL_CERT_FILE"`
      const env = { PATH: '/usr/bin:/bin', ACMESCOPE_DIR: `./${basename(folder)}` }
      const file = execFileSync(shell, ['-euc', script], { encoding: 'utf8', env })
      expect(file).toBe(join(folder, 'bundle.pem'))
      expect([folder, file].map((path) => statSync(path).mode & 0o7777)).toEqual([0o1777, 0o644])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test.each(['dash', 'bash'])('in %s nothing is set or written where there can be no folder', (shell) => {
    for (const env of [{ TMPDIR: '/nowhere' }, { ACMESCOPE_DIR: '/dev/null/folder' }]) {
      const script = `${visit({ path: '/env' }).text}\nprintf '%s' "$? \${HTTPS_PROXY-unset}"`
      const { stdout, stderr } = spawnSync(shell, ['-uc', script], {
        encoding: 'utf8',
        env: { PATH: '/usr/bin:/bin', ...env },
      })
      expect(stdout).toBe('1 unset')
      expect(stderr).toContain('name a folder in ACMESCOPE_DIR')
    }
  })

  test('of a proxy that asks for credentials it holds none, and wants them set', () => {
    const { text } = visit({ path: '/env' }, { needsCredentials: true })
    expect(() => inShell('dash', text)).toThrow(/ACMESCOPE_PROXY_AUTH: set it to the USER:PASSWORD/)
    expect(inShell('dash', text, { ACMESCOPE_PROXY_AUTH: 'al:p%40ss' })).toMatch(/^http:\/\/al:p%40ss@acmescope:8555\|/)
    expect(visit({ accept: 'text/html' }, { needsCredentials: true }).text).toContain('USER:PASSWORD@acmescope:8555')
  })
})
