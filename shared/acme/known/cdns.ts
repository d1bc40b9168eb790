/**
 * Networks that stand in front of other people's servers, by their addresses: https://www.cloudflare.com/ips/ and
 * https://api.fastly.com/public-ip-list. Whoever answers there is not the server that holds the proof.
 */

interface CdnRow {
  readonly label: string
  /** CIDR. */
  readonly ranges: readonly string[]
}

const rows: readonly CdnRow[] = [
  {
    label: 'Cloudflare',
    ranges: [
      '103.21.244.0/22',
      '103.22.200.0/22',
      '103.31.4.0/22',
      '104.16.0.0/13',
      '104.24.0.0/14',
      '108.162.192.0/18',
      '131.0.72.0/22',
      '141.101.64.0/18',
      '162.158.0.0/15',
      '172.64.0.0/13',
      '173.245.48.0/20',
      '188.114.96.0/20',
      '190.93.240.0/20',
      '197.234.240.0/22',
      '198.41.128.0/17',
      '2400:cb00::/32',
      '2405:8100::/32',
      '2405:b500::/32',
      '2606:4700::/32',
      '2803:f800::/32',
      '2a06:98c0::/29',
      '2c0f:f248::/32',
    ],
  },
  {
    label: 'Fastly',
    ranges: [
      '23.235.32.0/20',
      '43.249.72.0/22',
      '103.244.50.0/24',
      '103.245.222.0/23',
      '103.245.224.0/24',
      '104.156.80.0/20',
      '140.248.64.0/18',
      '140.248.128.0/17',
      '146.75.0.0/17',
      '151.101.0.0/16',
      '157.52.64.0/18',
      '167.82.0.0/17',
      '167.82.128.0/20',
      '167.82.160.0/20',
      '167.82.224.0/20',
      '172.111.64.0/18',
      '185.31.16.0/22',
      '199.27.72.0/21',
      '199.232.0.0/16',
      '2a04:4e40::/32',
      '2a04:4e42::/32',
    ],
  },
]

/** The network an address belongs to; null for any other, and for what is no address. */
export function cdnOf(address: string): string | null {
  const bits = bitsOf(address)
  return bits === null ? null : (RANGES.find(({ prefix }) => bits.startsWith(prefix))?.label ?? null)
}

function prefixOf(range: string): string {
  const [address = '', length = ''] = range.split('/')
  return (bitsOf(address) ?? '').slice(0, Number(length) + 1)
}

/** An address in binary digits, after a letter for its family; null when it is none. */
function bitsOf(address: string): string | null {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address))
    return `4${address
      .split('.')
      .map((part) => binary(Number(part), 8))
      .join('')}`
  return /^[\da-f:]{2,39}$/i.test(address) && address.includes(':') && !address.includes(':::')
    ? bitsOfV6(address)
    : null
}

/** RFC 4291 §2.2, but for addresses that end in dotted decimals: no network here has such. */
function bitsOfV6(address: string): string | null {
  const [before = '', after, ...more] = address.split('::')
  const [left, right] = [before, after ?? ''].map((half) => half.split(':').filter(Boolean)) as [string[], string[]]
  const missing = 8 - left.length - right.length
  if (more.length || missing < 0 || (after === undefined && missing > 0)) return null
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right]
  return `6${groups.map((group) => binary(Number.parseInt(group, 16), 16)).join('')}`
}

const binary = (value: number, digits: number): string => value.toString(2).padStart(digits, '0')

const RANGES = rows.flatMap(({ label, ranges }) => ranges.map((range) => ({ label, prefix: prefixOf(range) })))
