/** Reading XML that nobody promised anything about, as far as an API's plain elements go: no namespaces, no CDATA. */

/**
 * What stands inside each element of that name, in order, tags and all. Elements of one name do not nest in the APIs we
 * read; one that is cut off, or closed nowhere, ends the list. One pass.
 * @param name letters only
 */
export function elements(xml: string, name: string): readonly string[] {
  const open = new RegExp(`<${name}(?:\\s[^<>]*)?>`, 'g')
  const close = `</${name}>`
  const found: string[] = []
  for (let start = open.exec(xml); start; start = open.exec(xml)) {
    const end = xml.indexOf(close, open.lastIndex)
    if (end < 0) break
    found.push(xml.slice(open.lastIndex, end))
    open.lastIndex = end + close.length
  }
  return found
}

/** The text of the first element of that name; null when there is none. */
export function elementText(xml: string, name: string): string | null {
  const [first] = elements(xml, name)
  return first === undefined ? null : unescapeXml(first.trim())
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' }

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(quot|apos|amp|lt|gt));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[String(name).toLowerCase()] ?? whole
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole
  })
