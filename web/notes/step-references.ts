/** `#12` in a note is a link to step 12: a remark plugin. Only in running text, not in code or within another link. */

interface Node {
  readonly type: string
  readonly value?: string
  readonly url?: string
  children?: Node[]
}

const REFERENCE = /(?<![\p{L}\p{N}_#&/])#(\d{1,7})(?![\p{L}\p{N}_])/gu
const OPAQUE: ReadonlySet<string> = new Set(['link', 'linkReference'])

export const stepReferences = () => (tree: Node) => {
  const open: Node[] = [tree]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.children === undefined || OPAQUE.has(node.type)) continue
    node.children = node.children.flatMap(withLinks)
    for (const child of node.children) open.push(child)
  }
}

function withLinks(node: Node): readonly Node[] {
  if (node.type !== 'text' || node.value === undefined || !node.value.includes('#')) return [node]
  const parts: Node[] = []
  let from = 0
  for (const { index, 0: word } of node.value.matchAll(REFERENCE)) {
    if (index > from) parts.push({ type: 'text', value: node.value.slice(from, index) })
    parts.push({ type: 'link', url: word, children: [{ type: 'text', value: word }] })
    from = index + word.length
  }
  if (from < node.value.length) parts.push({ type: 'text', value: node.value.slice(from) })
  return parts
}
