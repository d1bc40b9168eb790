import { expect, test } from 'vitest'
import { neighbourOf, readTabs, type Tab, withShown } from './tabs.ts'

const tab = (key: string, search = `?recording=${key}`): Tab => ({ key, label: key, search })
const keys = (tabs: readonly Tab[]) => tabs.map(({ key }) => key).join(' ')

test('what is shown takes the place of what was, unless it wants a tab of its own', () => {
  const one = withShown({ tabs: [], active: null }, tab('a'), false)
  expect([keys(one.tabs), one.active]).toEqual(['a', 'a'])
  const replaced = withShown(one, tab('b'), false)
  expect([keys(replaced.tabs), replaced.active]).toEqual(['b', 'b'])
  const two = withShown({ tabs: [tab('a'), tab('z')], active: 'a' }, tab('b'), true)
  expect([keys(two.tabs), two.active]).toEqual(['a b z', 'b'])
})

test('what has a tab is shown in it, with the place where it was left', () => {
  const { tabs, active } = withShown({ tabs: [tab('a'), tab('b')], active: 'a' }, tab('b', '?recording=b&step=1'), true)
  expect([tabs.map(({ search }) => search), active]).toEqual([['?recording=a', '?recording=b&step=1'], 'b'])
})

test('a closed tab gives way to the next, the last one to the one before, the only one to none', () => {
  const tabs = [tab('a'), tab('b')]
  expect(['a', 'b'].map((key) => neighbourOf(tabs, key)?.key)).toEqual(['b', 'a'])
  expect(neighbourOf([tab('a')], 'a')).toBeNull()
})

test('an earlier page of the visit left its tabs, but no files; nonsense is none', () => {
  const stored = JSON.stringify({ tabs: [tab('a'), tab('file:1'), { key: 7 }, null], active: 'a' })
  expect(readTabs(stored)).toEqual({ tabs: [tab('a')], active: 'a' })
  for (const nonsense of [null, '', '[', '[]', '{"tabs":7,"active":{}}', 'null'])
    expect(readTabs(nonsense)).toEqual({ tabs: [], active: null })
})
