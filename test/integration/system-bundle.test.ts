/** `run --system-bundle`: our bundle stands where the system's is, for the command and for nobody else. */
import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acmescopeProgram } from '../lab/acmescope.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { skipWithoutNamespace } from '../lab/peers.ts'
import { run } from '../lab/processes.ts'

const file = '/etc/ssl/certs/ca-certificates.crt'
/** Nobody, who may mount nothing: the way anybody else than root goes. */
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

const users: readonly (readonly [who: string, as: readonly string[], uid: number | undefined])[] = [
  ['whoever runs it', [], process.getuid?.()],
  ...(isReadByNobody() ? [['an ordinary user', asNobody, 65534] as const] : []),
]

/** Only root may become nobody, who must find the program: not where the checkout is in root's own home. */
function isReadByNobody(): boolean {
  const [program = '', ...words] = [...asNobody, 'test', '-r', acmescopeProgram.at(-1) ?? '']
  return spawnSync(program, words, { stdio: 'ignore', timeout: 20_000 }).status === 0
}

describe.skipIf(skipWithoutNamespace(mountNamespace))('for', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acmescope-system-bundle-'))
    await chmod(folder, 0o777)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each(users)('%s', async (who, as, uid) => {
    const recordings = join(folder, who)
    const before = await readFile(file, 'utf8')
    const command = ['sh', '-c', `cat ${file}; echo "$1 $(id -u)"; exit 6`, 'sh', 'two  words']
    const flags = ['--recordings', recordings, '--proxy-port', '0', '--ui-port', '0', '--system-bundle']
    const { code, stdout, stderr } = await run(
      { argv: [...as, ...acmescopeProgram, 'run', ...flags, '--', ...command], env: { HOME: folder } },
      60_000,
    )
    expect(code, stderr).toBe(6)
    expect(stdout).toContain(await readFile(join(recordings, 'authority', 'ca.pem'), 'utf8'))
    expect(stdout).toMatch(new RegExp(`\ntwo {2}words ${uid}\n$`))
    expect(stderr).toContain(`for this command alone our bundle stood in place of ${file}: --system-bundle`)
    expect(await readFile(file, 'utf8')).toBe(before)
  })
})
