// `npm test`: from a fresh clone to one last line, `N passed, N failed`. Plain Node, as nothing may be installed yet.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'acmescope-test-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

/** The step under way. It leads a process group of its own, so that ending the group ends all it started. */
let current
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => void interrupt(signal, code))
}

async function interrupt(signal, code) {
  if (current === undefined) process.exit(code)
  const { child, ended } = current
  endGroup(child.pid, signal)
  const timer = setTimeout(() => endGroup(child.pid, 'SIGKILL'), 8_000)
  await ended
  clearTimeout(timer)
  endGroup(child.pid, 'SIGKILL')
  process.exit(code)
}

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // ESRCH: the whole group has ended already.
  }
}

/** Runs one step with our own stdio; resolves with its exit code (a signal, or a program that is not there, is 1). */
async function step(title, program, args, env = {}) {
  console.log(`\n── ${title}`)
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`)
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })
  current = { child, ended }
  const code = await ended
  current = undefined
  return code
}

function modulesAreCurrent() {
  const installed = join(root, 'node_modules/.package-lock.json')
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

const node = (...args) => [process.execPath, args]
const bin = (name, ...args) => node(join(root, 'node_modules', name), ...args)

/** A runner's totals; a runner that failed beyond its tests, left no report, or ran no test counts as one failure. */
async function runTests(title, [program, args], env, read) {
  const code = await step(title, program, args, env)
  const counts = readReport(read)
  if (counts.passed + counts.failed === 0) return complain(`${title}: no test ran (exit code ${code})`, counts)
  if (code !== 0 && counts.failed === 0) return complain(`${title}: ended with exit code ${code}`, counts)
  return counts
}

function complain(message, { passed }) {
  console.error(message)
  return { passed, failed: 1 }
}

function readReport(read) {
  try {
    return read()
  } catch {
    return { passed: 0, failed: 0 }
  }
}

const report = (name) => JSON.parse(readFileSync(join(reports, name), 'utf8'))

/** A file that could not even be loaded has no tests of its own in the report, so it counts as one. */
function vitestCounts() {
  const { numPassedTests, numFailedTests, testResults } = report('vitest.json')
  const broken = testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  })
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

/** `errors` holds what went wrong outside of any test; a flaky one passed only when repeated, and that is no pass. */
function playwrightCounts() {
  const { stats, errors } = report('playwright.json')
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

/** Not `npm ci`: it insists on packages for other platforms, which not every registry has. */
const install = ['install', '--no-audit', '--no-fund', '--loglevel=error']

async function main() {
  if (!modulesAreCurrent() && (await step('npm install', 'npm', install)) !== 0) return [failed]
  const tsx = (file) => bin('tsx/dist/cli.mjs', join(root, file))
  const preparations = [
    ['Debian packages', ...tsx('test/install-peers.ts')],
    ['check', 'npm', ['run', '--silent', 'check']],
    ['build', 'npm', ['run', '--silent', 'build']],
  ]
  const results = []
  for (const [title, program, args] of preparations) {
    const code = await step(title, program, args)
    if (code !== 0) results.push(complain(`${title}: failed`, { passed: 0 }))
  }
  const vitest = bin(
    'vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, 'vitest.json')}`,
  )
  const playwright = bin('@playwright/test/cli.js', 'test', '--reporter=list,json')
  results.push(await runTests('vitest', vitest, {}, vitestCounts))
  results.push(
    await runTests(
      'playwright',
      playwright,
      { PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'playwright.json') },
      playwrightCounts,
    ),
  )
  return results
}

const failed = { passed: 0, failed: 1 }
const results = await main()
const total = (name) => results.reduce((sum, counts) => sum + counts[name], 0)
console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
process.exitCode = total('failed') === 0 ? 0 : 1
