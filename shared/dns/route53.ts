/** Amazon Route 53, which speaks XML: https://docs.aws.amazon.com/Route53/latest/APIReference/ */
import { credential, named, whole } from '../redact/rule.ts'
import type {
  Call,
  DnsErrorRow,
  DnsExchange,
  DnsOperationRow,
  DnsRecord,
  DnsRecordChange,
  Provider,
} from './provider.ts'
import { change, NO_RECORD, sameName, toValues, withoutDot } from './record.ts'
import { row } from './row.ts'
import { elements, elementText } from './xml.ts'

const ZONES = /^\/2013-04-01\/hostedzone$/
const ZONES_BY_NAME = /^\/2013-04-01\/hostedzonesbyname$/
const ZONE_COUNT = /^\/2013-04-01\/hostedzonecount$/
const ZONE = /^\/2013-04-01\/hostedzone\/(?<zone>[^/]+)$/
const RECORDS = /^\/2013-04-01\/hostedzone\/(?<zone>[^/]+)\/rrset$/
const CHANGE = /^\/2013-04-01\/change\/[^/]+$/
// Security Token Service: a role is assumed before the zone is touched
const STS = /^$/

const OPERATIONS: readonly DnsOperationRow[] = [
  row('GET', ZONES_BY_NAME, 'dns.findZone', 'ListHostedZonesByName', page('ListHostedZonesByName'), zonesByName),
  row('GET', ZONES, 'dns.findZone', 'ListHostedZones', page('ListHostedZones'), zones),
  row('GET', ZONE, 'dns.findZone', 'GetHostedZone', page('GetHostedZone'), zones),
  row('GET', ZONE_COUNT, null, 'GetHostedZoneCount', page('GetHostedZoneCount')),
  row('GET', RECORDS, 'dns.listRecords', 'ListResourceRecordSets', page('ListResourceRecordSets'), listed),
  row('POST', RECORDS, 'dns.updateRecord', 'ChangeResourceRecordSets', page('ChangeResourceRecordSets'), changed),
  row('GET', CHANGE, null, 'GetChange', page('GetChange'), progress),
  row(
    'POST',
    STS,
    'dns.verifyToken',
    'AssumeRole (STS)',
    'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
  ),
]

function page(operation: string): string {
  return `API_${operation}.html`
}

const POLICY =
  'The policy needs route53:ListHostedZonesByName, route53:ListResourceRecordSets, route53:GetChange and route53:ChangeResourceRecordSets for this zone.'

const ERRORS: readonly DnsErrorRow[] = [
  {
    code: /^(?:InvalidClientTokenId|UnrecognizedClientException|AuthFailure)$/,
    kind: 'unauthorized',
    meaning: 'AWS knows no such access key: it is mistyped, deactivated or deleted.',
  },
  {
    code: /^(?:SignatureDoesNotMatch|InvalidSignatureException)$/,
    kind: 'unauthorized',
    meaning: 'The signature is wrong: the secret access key is not that of the access key id, or the clock is wrong.',
    fix: 'Copy both parts of the access key again, and check the clock of this machine.',
  },
  {
    code: /^(?:ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    kind: 'unauthorized',
    meaning: 'The temporary credentials have expired, or the clock is wrong.',
    fix: 'Fetch new credentials, and check the clock of this machine.',
  },
  {
    code: /^(?:IncompleteSignature|MissingAuthenticationToken|MissingAuthenticationTokenException)$/,
    kind: 'credential-malformed',
    meaning: 'The request was not signed, or its Authorization header is not whole.',
  },
  {
    code: /^(?:AccessDenied|AccessDeniedException|NotAuthorized)$/,
    kind: 'unauthorized',
    meaning: 'The credentials are good, but no policy allows this.',
    fix: POLICY,
  },
  { code: 'NoSuchHostedZone', kind: 'zone-not-found' },
  {
    message: /not permitted in zone/i,
    kind: 'zone-not-found',
    meaning: 'The record does not belong into the zone it was written to.',
  },
  { message: /already exists/i, kind: 'record-exists' },
  {
    message: /was not found|do not match the current values/i,
    kind: 'record-not-found',
    meaning: 'A record set can be deleted only with exactly the values and the TTL it has.',
  },
  { code: /^(?:Throttling|ThrottlingException|TooManyRequestsException)$/, kind: 'rate-limited' },
  {
    code: 'PriorRequestNotComplete',
    kind: 'rate-limited',
    meaning: 'Another change of this zone is still under way.',
    fix: 'Wait and try again; do not let several clients write to one zone at once.',
  },
]

export const route53: Provider = {
  name: 'route53',
  label: 'Amazon Route 53',
  hosts: [
    'route53.amazonaws.com',
    // Other partitions, regional, FIPS and dual-stack endpoints
    /^route53(?:-fips)?(?:\.[a-z0-9-]+)?\.(?:amazonaws\.com(?:\.cn)?|api\.(?:aws|amazonwebservices\.com\.cn)|amazonaws\.eu)$/,
  ],
  sharedHosts: [/^sts(?:-fips)?(?:\.[a-z0-9-]+)?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/],
  names: 'absolute',
  docs: 'https://docs.aws.amazon.com/Route53/latest/APIReference/',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
  secrets: {
    headers: whole('session_token', 'x-amz-security-token', 'x-aws-ec2-metadata-token'),
    schemes: {
      'aws4-hmac-sha256': {
        label: 'aws_signature',
        // Error messages repeat it
        part: { ...credential('access_key'), pattern: /\bCredential=([^/,\s]+)/ },
      },
    },
    query: [
      ...named(credential('access_key'), 'x-amz-credential', 'awsaccesskeyid'),
      ...named(credential('session_token'), 'x-amz-security-token', 'webidentitytoken'),
      ...named(credential('request_signature'), 'x-amz-signature'),
    ],
    fields: [
      // What STS and the metadata service of a machine answer
      ...named(credential('access_key'), 'accesskeyid'),
      ...named(credential('api_secret'), 'secretaccesskey'),
      ...named(credential('session_token'), 'sessiontoken'),
      { ...credential('session_token'), name: 'token', hosts: ['169.254.169.254', '169.254.170.2', '169.254.170.23'] },
    ],
  },
}

/** `<Error>` with one message; of older answers `<InvalidChangeBatch>` with several. */
function errorsIn({ response: { text } }: DnsExchange) {
  const [error] = elements(text, 'Error')
  if (error !== undefined)
    return [{ code: elementText(error, 'Code') ?? '', message: elementText(error, 'Message') ?? '' }]
  return elements(text, 'InvalidChangeBatch').flatMap((batch) =>
    elements(batch, 'Message').map((message) => ({ code: 'InvalidChangeBatch', message })),
  )
}

/** `/hostedzone/Z123` is the zone whose path holds `Z123`. */
function zones({ response: { text } }: Call) {
  const zones = elements(text, 'HostedZone').map((zone) => ({
    id: elementText(zone, 'Id')?.replace(/^\/hostedzone\//, '') ?? null,
    name: nameOf(zone),
  }))
  return { zones }
}

/** Zones in the order of their names, beginning with the one that was asked for, if there is one. */
function zonesByName(call: Call) {
  const sought = call.query('dnsname')
  const all = zones(call)
  return sought === null
    ? all
    : { ...all, sought, found: all.zones.filter(({ name }) => sameName(name, sought)).length }
}

/** Names are written with a dot at the end and octal escapes: `\052.example.org.` is `*.example.org`. */
const nameOf = (xml: string): string | null => {
  const name = elementText(xml, 'Name')
  return (
    name && withoutDot(name.replace(/\\([0-3][0-7]{2})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))))
  )
}

const toRecord = (set: string): DnsRecord => ({
  id: null,
  type: elementText(set, 'Type'),
  name: nameOf(set),
  values: toValues(elements(set, 'ResourceRecord').map((record) => elementText(record, 'Value'))),
})

/** Sets in the order of their names, beginning with the one that was asked for, if there is one. */
function listed({ response: { text }, query }: Call) {
  const [name, type] = [query('name'), query('type')]
  const all = elements(text, 'ResourceRecordSet').map(toRecord)
  const listed = all.filter((one) => (name === null || sameName(one.name, name)) && (type ?? one.type) === one.type)
  return { asked: { ...NO_RECORD, name, type }, listed }
}

const ACTIONS: ReadonlyMap<string | null, DnsRecordChange['action']> = new Map([
  ['CREATE', 'create'],
  ['UPSERT', 'replace'],
  ['DELETE', 'delete'],
])

function changed(call: Call) {
  const changes = elements(call.request.text, 'Change').flatMap((one) => {
    const action = ACTIONS.get(elementText(one, 'Action'))
    return action ? change(action, toRecord(one)) : []
  })
  return { changes, ...progress(call) }
}

const STATUSES: ReadonlyMap<string | null, 'pending' | 'done'> = new Map([
  ['PENDING', 'pending'],
  ['INSYNC', 'done'],
])

function progress({ response: { text } }: Call) {
  return { progress: STATUSES.get(elementText(text, 'Status')) ?? null }
}
