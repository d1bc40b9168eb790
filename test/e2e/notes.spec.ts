/** A person writes on a recording what they found out, and others read it. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from '@playwright/test'
import { skipWithout } from '../lab/peers.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

const corpus = fileURLToPath(new URL('../corpus/lego-dns3.har', import.meta.url))

async function importCorpus(ui: string): Promise<string> {
  const response = await fetch(`${ui}/api/recordings?name=nas`, {
    method: 'POST',
    body: await readFile(corpus, 'utf8'),
  })
  return (await response.json()).recording.id
}

const put = (ui: string, recording: string, note: string, exchange: string | null, text: string) =>
  fetch(`${ui}/api/recordings/${recording}/notes/${note}`, {
    method: 'PUT',
    body: JSON.stringify({ exchange, text }),
  })

const step = (page: Page, operation: string) => page.locator(`[data-testid="step"][data-operation="${operation}"]`)
const editor = (page: Page) => page.getByRole('textbox', { name: /^Note on/ })
const callouts = (page: Page) => page.getByTestId('note-callout')

test('a note is written by keyboard, shown on the diagram, and read at once in another window', async ({
  page,
  context,
  ui,
}) => {
  const id = await importCorpus(ui)
  await page.goto(`${ui}?recording=${id}`)
  const other = await context.newPage()
  await other.goto(`${ui}?recording=${id}&view=notes`)
  await expect(other.getByRole('heading', { name: 'About this recording' })).toBeVisible()

  await step(page, 'newAccount').click()
  await page.keyboard.press('n')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type('**Not** kept, see #1.\n\nMore.')
  await step(page, 'directory').click()
  await expect(editor(page)).toHaveCount(0)
  await step(page, 'newAccount').click()
  await expect(editor(page)).toHaveValue('**Not** kept, see #1.\n\nMore.')
  await page.reload()
  await expect(editor(page)).toHaveValue('**Not** kept, see #1.\n\nMore.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByTestId('note-text').locator('strong')).toHaveText('Not')
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await editor(page).focus()
  await page.keyboard.press('Control+Enter')
  await expect(callouts(page)).toHaveText('Not kept, see #1.')
  await expect(page.getByRole('tab', { name: 'Notes' })).toHaveText('Notes1')
  await expect(page.getByTestId('view-notes')).toContainText('1')
  await expectAccessible(page)

  await expect(other.getByTestId('note')).toContainText('Not kept, see #1.')
  await other.getByRole('button', { name: 'Edit note' }).click()
  await expect(editor(other)).toBeFocused()
  await editor(other).fill('Kept now')
  await other.keyboard.press('Control+Enter')
  await expect(callouts(page)).toHaveText('Kept now')
  await page.getByTestId('inspector').getByRole('button', { name: 'Delete note' }).click()
  await expect(callouts(page)).toHaveCount(0)
  await expect(other.getByTestId('note')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(other.getByTestId('note')).toContainText('Kept now')
  await page.reload()
  await expect(callouts(page)).toHaveText('Kept now')
})

test('a note on the recording stands above its diagram; a wrong key loses nothing', async ({ page, ui }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  const id = await importCorpus(ui)
  await page.goto(`${ui}?recording=${id}`)
  await step(page, 'directory').waitFor()
  await page.keyboard.press('n')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type('# Why Monday failed')
  await page.keyboard.press('Escape')
  await expect(editor(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Put it back' }).click()
  await expect(editor(page)).toHaveValue('# Why Monday failed')
  await expectAccessible(page)
  await page.route('**/notes/**', (route) => route.abort())
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The note was not saved')).toBeVisible()
  await page.unroute('**/notes/**')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByTestId('note')).toContainText('Why Monday failed')
  await page.getByRole('button', { name: 'Edit note' }).click()
  const [mine] = await (await fetch(`${ui}/api/recordings/${id}/notes`)).json()
  await fetch(`${ui}/api/recordings/${id}/notes/${mine.id}`, { method: 'DELETE' })
  await expect(editor(page)).toHaveValue('# Why Monday failed')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByTestId('note')).toContainText('Why Monday failed')
  await page.getByTestId('view-flow').click()
  await page.getByTestId('recording-note').click()
  await expect(page).toHaveURL(/view=notes/)
  await put(ui, id, 'n2', `${id}.4`, 'On the order, see #4')
  await page.getByRole('button', { name: '#4' }).click()
  await expect(page.getByTestId('inspector')).toContainText('newOrder')
  await page.getByTestId('view-exchanges').click()
  await expect(page.getByRole('img', { name: 'Note: On the order, see #4' })).toBeVisible()
  await page.goto(`${ui}?view=recordings&find=see%20%234`)
  await page.getByTestId('note-hit').click()
  await expect(page.getByTestId('inspector').getByTestId('note')).toContainText('On the order, see #4')
})

test('whoever wrote it, a note runs nothing, loads nothing and stays quick', async ({ page, ui }) => {
  const id = await importCorpus(ui)
  const hostile = `<script>window.ran = 1</script> <img src="https://evil.example/x" onerror="window.ran = 1">

![x](https://evil.example/y) [a](javascript:window.ran=1) [b](https://good.example/) \u202Egnp.exe`
  await put(ui, id, 'n1', null, hostile)
  await put(ui, id, 'n2', null, '>'.repeat(65_000))
  await put(ui, id, 'n3', `${id}.1`, '[a]('.repeat(16_000))
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${ui}?recording=${id}&view=notes`)
  await expect(page.getByTestId('note')).toHaveCount(3, { timeout: 5000 })
  const text = page.getByTestId('note-text').first()
  await expect(text).toContainText('<script>window.ran = 1</script>')
  await expect(text).toContainText('⟨U+202E⟩gnp.exe')
  await expect(text.locator('a')).toHaveCount(1)
  await expect(text.getByRole('link')).toHaveAttribute('rel', 'noopener noreferrer')
  await page.getByTestId('view-flow').click()
  await expect(callouts(page)).toBeVisible()
  expect(await page.evaluate('window.ran')).toBeUndefined()
  expect(asked.filter((url) => !url.startsWith(ui) && !url.startsWith('data:'))).toEqual([])
})

test('an example is nobody’s to write on; a copy is', async ({ page, ui }) => {
  await page.goto(`${ui}?recording=example-lego-dns-01&view=notes`)
  await expect(page.getByRole('button', { name: /^Write a note/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Keep a copy to write notes' }).click()
  await page.getByRole('button', { name: 'Write a note on this recording' }).click()
  await page.keyboard.type('Mine')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('note')).toContainText('Mine')
  expect(new URL(page.url()).searchParams.get('recording')).not.toContain('example')
})
