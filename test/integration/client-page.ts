/**
 * A page of docs/clients/: the commands it prints, in order, as somebody would type them one after the other. A block of `sh` is
 * run, one that names a file (```js client.mjs) is that file, one that says `not-run` is for machines that are not here.
 */
import { readFile } from 'node:fs/promises'

export interface Block {
  /** `sh` for what is run, else the name of the file it is. */
  readonly kind: string
  readonly text: string
}

const FENCE = /^```(\S+) ?(\S*)\n([\s\S]*?)^```$/gm

/** @throws when there is no such page */
export async function blocksOf(page: string): Promise<readonly Block[]> {
  const text = await readFile(new URL(`../../docs/clients/${page}.md`, import.meta.url), 'utf8')
  return [...text.matchAll(FENCE)].flatMap(([, language, more = '', lines = '']) => {
    if (language === 'sh' && more === '') return [{ kind: 'sh', text: lines }]
    return more === '' || more === 'not-run' ? [] : [{ kind: more, text: lines }]
  })
}

/** With what stands for the reader's own names filled in, one after the other. */
export function filledIn(text: string, places: readonly (readonly [place: string, here: string])[]): string {
  return places.reduce((filled, [place, here]) => filled.replaceAll(place, here), text)
}
