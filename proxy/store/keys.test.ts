/** A renewal shows only `kid`: its signatures are checked with the key that an earlier recording showed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keysElsewhere } from '../../shared/acme/jws/keys.ts'
import type { DecodedExchange } from '../../shared/acme/model.ts'
import type { Exchange } from '../../shared/exchange.ts'
import { type AccountSigner, createSigner, signedExchange } from '../../test/lab/account-signer.ts'
import { judge } from '../cli/analysis.ts'
import { exportHar } from '../export-har.ts'
import { importHar } from '../import-har.ts'
import { openRecording } from '../open-recording.ts'
import { createLive } from '../server/live.ts'
import { streamRecording } from '../server/stream.ts'
import { openStore, type Store } from './store.ts'

const CA = 'https://ca.example.test'
const KID = `${CA}/acct/1`
const START = '2026-01-01T00:00:00.000Z'
const account = createSigner('RS256')
const folders: string[] = []
const open: Store[] = []
let folder = ''
let store: Store

beforeEach(async () => {
  folder = await newFolder()
  store = await openHere(folder)
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
  await Promise.all(folders.splice(0).map((one) => rm(one, { recursive: true, force: true })))
})

async function newFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'acmescope-keys-'))
  folders.push(path)
  return path
}

async function openHere(at: string): Promise<Store> {
  const opened = await openStore(at)
  open.push(opened)
  return opened
}

async function close(opened: Store): Promise<void> {
  open.splice(open.indexOf(opened), 1)
  await opened.close()
}

const registration = (by: AccountSigner, id: string): Exchange => {
  const url = `${CA}/new-account`
  const jws = by.sign({ termsOfServiceAgreed: true }, { jwk: by.jwk, nonce: 'n', url })
  return { ...signedExchange(1, url, jws, { status: 201, location: KID }), id }
}

const renewal = (by: AccountSigner, sequence: number, id: string): Exchange => {
  const url = `${CA}/order/${sequence}`
  return { ...signedExchange(sequence, url, by.sign('', { kid: KID, nonce: `n${sequence}`, url })), id }
}

async function record(into: Store, id: string, exchanges: readonly Exchange[]): Promise<void> {
  await into.createRecording({ id, name: id, startedAt: START, source: 'live', toolVersion: '0' })
  for (const exchange of exchanges) into.write(id, exchange)
  await into.flush()
  await into.updateRecording(id, { endedAt: START })
}

/** What `show` and `check` make of it. */
async function verdicts(reference: string, at: string) {
  const { facts, keys } = await openRecording(reference, at)
  const { analysis } = await judge(facts, keys)
  return analysis.steps.map(({ decoded }) => {
    const { status, key, thumbprint } = decoded.jws?.signature ?? {}
    return { status, key, thumbprint }
  })
}

const twoRecordings = async () => {
  await record(store, 'first', [registration(account, 'a1')])
  await record(store, 'second', [renewal(account, 1, 'b1'), renewal(account, 2, 'b2')])
}

test('a key learnt in one recording serves the others of its store', async () => {
  await twoRecordings()
  const [own] = await verdicts('first', folder)
  expect(own).toMatchObject({ status: 'valid', key: 'jwk' })
  const elsewhere = { status: 'valid', key: 'another recording', thumbprint: own?.thumbprint }
  expect(await verdicts('second', folder)).toEqual([elsewhere, elsewhere])
  expect(await store.keys('second')).toMatchObject([{ account: KID, recording: 'first', exchange: 'a1' }])
  expect(await store.keys('first')).toEqual([])
})

test('and travels with an export into a store that has never seen the account', async () => {
  await twoRecordings()
  const opened = await openRecording('second', folder)
  for (const raw of [true, false]) {
    const elsewhere = await newFolder()
    const other = await openHere(elsewhere)
    const text = exportHar(opened, raw)
    const imported = await importHar(other, text, { fileName: 'second', toolVersion: '0' })
    expect(imported.problems).toEqual([])
    const found = await verdicts(imported.recording.id, elsewhere)
    expect(found).toEqual(Array(2).fill(expect.objectContaining({ status: 'valid', key: 'another recording' })))
    expect(await other.keys(imported.recording.id)).toEqual(await store.keys('second'))
    const again = await openRecording(imported.recording.id, elsewhere)
    expect(JSON.parse(exportHar(again, raw)).log._acmescope.keys).toEqual(JSON.parse(text).log._acmescope.keys)
  }
})

test('an export brings no key but those of accounts that sign in it', async () => {
  await twoRecordings()
  await record(store, 'third', [])
  const opened = await openRecording('third', folder)
  expect(opened.keys).toHaveLength(1)
  expect(exportHar(opened, true)).not.toContain(KID)
})

test('a key goes with its recording, and stays where another one shows it too', async () => {
  await twoRecordings()
  await record(store, 'again', [registration(account, 'c1')])
  expect(await store.keys('second')).toMatchObject([{ recording: 'first', exchange: 'a1' }])
  await store.deleteRecording('first')
  expect(await store.keys('second')).toMatchObject([{ recording: 'again', exchange: 'c1' }])
  await store.deleteRecording('again')
  expect(await store.keys('second')).toEqual([])
  expect((await verdicts('second', folder)).map(({ status }) => status)).toEqual(['unverifiable', 'unverifiable'])
})

test('of a key that was changed since, an earlier recording is still checked with the one it was signed with', async () => {
  const next = createSigner('ES256')
  await twoRecordings()
  await record(store, 'changed', [registration(next, 'd1')])
  await record(store, 'last', [renewal(next, 1, 'e1')])
  expect((await verdicts('second', folder)).map(({ status }) => status)).toEqual(['valid', 'valid'])
  expect((await verdicts('last', folder)).map(({ status }) => status)).toEqual(['valid'])
})

test('a stream of a recording, stored or live, is checked with the same keys', async () => {
  await twoRecordings()
  const known = async (id: string) => keysElsewhere(await store.keys(id))
  const live = createLive((id, after) => store.facts(id, after), known)
  const watching = new AbortController()
  const messages = streamRecording((from) => store.facts('second', from), live, 'second', {
    after: 0,
    signal: watching.signal,
    keys: await known('second'),
  })
  const next = async () => {
    const { value } = await messages.next()
    if (value?.event !== 'facts') return value?.event
    return (JSON.parse(value.data) as DecodedExchange[]).map(({ jws }) => jws?.signature.key)
  }
  expect(await next()).toEqual(['another recording', 'another recording'])
  expect(await next()).toBe('ready')
  const fact = renewal(account, 3, 'b3')
  live.publish('second', store.write('second', fact), fact)
  expect(await next()).toEqual(['another recording'])
  watching.abort()
  await messages.return(undefined)
})

test('a store of the version before has its keys learnt when it is opened, and can be read without', async () => {
  await twoRecordings()
  await close(store)
  const raw = new Libsql(join(folder, 'acmescope.db'))
  raw.exec('drop table account_keys; drop table notes; pragma user_version = 1')
  raw.close()
  const before = await openStore(folder, { readOnly: true })
  expect(await before.keys('second')).toEqual([])
  await before.close()
  store = await openHere(folder)
  expect(await store.keys('second')).toMatchObject([{ account: KID, recording: 'first', exchange: 'a1' }])
})

test('what an answer names is kept as it was, whatever it is', async () => {
  const { request, response } = registration(account, 'x')
  const named = (id: string, location: string): Exchange => ({
    ...registration(account, id),
    request,
    ...(response && { response: { ...response, headers: [['Location', location]] } }),
  })
  await record(store, 'odd', [
    named('o1', `${CA}/\0/acct`),
    named('o2', `${CA}/${'x'.repeat(5000)}`),
    named('o3', '/acct/7'),
    named('o4', '__proto__'),
  ])
  expect((await store.keys('second')).map(({ account: url }) => url)).toEqual([`${CA}/__proto__`, `${CA}/acct/7`])
})
