/** IP addresses: octets ↔ text. One address has many spellings (RFC 4291 §2.2) and one canonical one (RFC 5952 §4). */

/** `192.0.2.7`, `2001:db8::7`; null unless it has 4 or 16 octets. */
export function showIp(octets: Uint8Array): string | null {
  if (octets.length === 4) return octets.join('.')
  return octets.length === 16 ? compressed(groupsOf(octets)) : null
}

/** `2001:DB8:0:0:0:0:0:7`, as OpenSSL writes it. */
export function longIp(octets: Uint8Array): string | null {
  if (octets.length !== 16) return showIp(octets)
  return groupsOf(octets)
    .map((group) => group.toString(16).toUpperCase())
    .join(':')
}

const groupsOf = (octets: Uint8Array): readonly number[] =>
  Array.from({ length: 8 }, (_, at) => (octets[2 * at] ?? 0) * 256 + (octets[2 * at + 1] ?? 0))

/** The longest run of at least two zeroes, the first of equals, becomes `::`. */
function compressed(groups: readonly number[]): string {
  const run = longestRun(groups)
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  if (run.length < 2) return hex(groups)
  return `${hex(groups.slice(0, run.start))}::${hex(groups.slice(run.start + run.length))}`
}

function longestRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 }
  let length = 0
  for (const [at, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0
    if (length > best.length) best = { start: at - length + 1, length }
  }
  return best
}

/** The canonical spelling; null when the text is no IP address. */
export function canonicalIp(text: string): string | null {
  const octets = text.includes(':') ? readV6(text) : readV4(text)
  return octets && showIp(octets)
}

function readV4(text: string): Uint8Array | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null
  const octets = text.split('.').map(Number)
  return octets.every((octet) => octet < 256) ? Uint8Array.from(octets) : null
}

function readV6(text: string): Uint8Array | null {
  if (text.length > 45) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = [readGroups(halves[0] ?? ''), readGroups(halves[1] ?? '')]
  if (!head || !tail) return null
  const missing = 16 - head.length - tail.length
  const fits = halves.length === 2 ? missing >= 2 : missing === 0
  return fits ? Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...tail]) : null
}

/** Groups of 16 bits, the last of which may be an IPv4 address. */
function readGroups(text: string): readonly number[] | null {
  const octets: number[] = []
  const groups = text === '' ? [] : text.split(':')
  for (const [at, group] of groups.entries()) {
    const v4 = at === groups.length - 1 ? readV4(group) : null
    if (v4) octets.push(...v4)
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      octets.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255)
    else return null
  }
  return octets
}
