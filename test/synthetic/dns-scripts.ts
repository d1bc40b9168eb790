/** What real clients say to each DNS provider, and what its API answers, for a name and its wildcard. ROWS ONLY. */
import { type DnsRun, NAME, ZONE } from './dns-run.ts'

const XML = { answerType: 'text/xml' } as const
const SUB = '_acme-challenge.sub'

const changeXml = (action: string, ...values: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes><Change><Action>${action}</Action><ResourceRecordSet><Name>${NAME}.</Name><ResourceRecords>${values
    .map((value) => `<ResourceRecord><Value>&#34;${value}&#34;</Value></ResourceRecord>`)
    .join(
      '',
    )}</ResourceRecords><TTL>10</TTL><Type>TXT</Type></ResourceRecordSet></Change></Changes><Comment>Managed by Lego</Comment></ChangeBatch></ChangeResourceRecordSetsRequest>`

const R53 = 'https://route53.amazonaws.com/2013-04-01'
const stateXml = (root: string, status: string) =>
  `<?xml version="1.0"?>\n<${root} xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeInfo><Id>/change/C1</Id><Status>${status}</Status></ChangeInfo></${root}>`
const setsXml = (...values: readonly string[]) =>
  `<ListResourceRecordSetsResponse><ResourceRecordSets><ResourceRecordSet><Name>${NAME}.</Name><Type>TXT</Type><TTL>10</TTL><ResourceRecords>${values.map((value) => `<ResourceRecord><Value>"${value}"</Value></ResourceRecord>`).join('')}</ResourceRecords></ResourceRecordSet></ResourceRecordSets></ListResourceRecordSetsResponse>`
const upsert = (...values: readonly string[]) => ({
  method: 'POST',
  url: `${R53}/hostedzone/Z1/rrset`,
  type: 'application/xml',
  sent: changeXml('UPSERT', ...values),
  answered: stateXml('ChangeResourceRecordSetsResponse', 'PENDING'),
  ...XML,
})

const GOOGLE = 'https://dns.googleapis.com/dns/v1/projects/p1/managedZones'
const set = (...values: readonly string[]) => ({
  kind: 'dns#resourceRecordSet',
  name: `${NAME}.`,
  type: 'TXT',
  ttl: 120,
  rrdatas: values.map((value) => `"${value}"`),
})
const google = (change: object) => ({
  method: 'POST',
  url: `${GOOGLE}/zone-1/changes`,
  sent: change,
  answered: { ...change, id: '7', status: 'pending', kind: 'dns#change' },
})

const DO = `https://api.digitalocean.com/v2/domains/${ZONE}/records`
const HETZNER = 'https://dns.hetzner.com/api/v1'
const HCLOUD = `https://api.hetzner.cloud/v1/zones/42/rrsets/${SUB}/TXT`
const GANDI = `https://api.gandi.net/v5/livedns/domains/${ZONE}/records/${SUB}/TXT`
const OVH = `https://eu.api.ovh.com/1.0/domain/zone/${ZONE}`
const AZURE = `https://management.azure.com/subscriptions/s1/resourceGroups/g1/providers/Microsoft.Network/dnsZones/${ZONE}/TXT/${SUB}?api-version=2018-05-01`
const ACME_DNS = 'https://auth.example.test'
const CLOUDFLARE = 'https://api.cloudflare.com/client/v4/zones/z1/dns_records'

const digitalocean = (id: number, value: string) => ({
  method: 'POST',
  url: DO,
  status: 201,
  sent: { type: 'TXT', name: `${NAME}.`, data: value, ttl: 30 },
  answered: { domain_record: { id, type: 'TXT', name: SUB, data: value, priority: null } },
})
const hetzner = (id: string, value: string) => ({
  method: 'POST',
  url: `${HETZNER}/records`,
  sent: { type: 'TXT', name: SUB, value, ttl: 60, zone_id: 'zoneA' },
  answered: { record: { type: 'TXT', id, zone_id: 'zoneA', name: SUB, value, ttl: 60 } },
})
const hcloud = (action: string, value: string) => ({
  method: 'POST',
  url: `${HCLOUD}/actions/${action}_records`,
  status: 201,
  sent: { records: [{ value: `"${value}"` }] },
  answered: { action: { id: 1, command: `${action}_rrset_records`, status: 'running', error: null } },
})
const gandi = (...values: readonly string[]) => ({
  method: 'PUT',
  url: GANDI,
  status: 201,
  sent: { rrset_ttl: 300, rrset_values: values },
  answered: { message: 'DNS Record Created' },
})
const ovh = (id: number, value: string) => ({
  method: 'POST',
  url: `${OVH}/record`,
  sent: { fieldType: 'TXT', subDomain: SUB, target: value, ttl: 120 },
  answered: { id, zone: ZONE, fieldType: 'TXT', subDomain: SUB, target: value, ttl: 120 },
})
const azure = (...values: readonly string[]) => ({
  method: 'PUT',
  url: AZURE,
  sent: { name: SUB, properties: { TTL: 60, TXTRecords: values.map((value) => ({ value: [value] })) } },
  answered: { id: 'x', name: SUB, type: 'Microsoft.Network/dnszones/TXT', properties: { fqdn: `${NAME}.` } },
})
const acmedns = (value: string) => ({
  method: 'POST',
  url: `${ACME_DNS}/update`,
  sent: { subdomain: '8e5700ea', txt: value },
  answered: { txt: value },
})

/** Each with the lane it belongs to, and the operations one after the other. */
export const RUNS: readonly (readonly [label: string, run: DnsRun, operations: readonly string[]])[] = [
  [
    'Cloudflare',
    {
      write: (first, second) => [
        {
          method: 'POST',
          url: `${CLOUDFLARE}/batch`,
          sent: { posts: [first, second].map((content) => ({ type: 'TXT', name: NAME, content })) },
          answered: {
            success: true,
            result: {
              posts: [first, second].map((content, id) => ({ id: `r${id}`, type: 'TXT', name: NAME, content })),
            },
          },
        },
      ],
      clear: () =>
        ['r0', 'r1'].map((id) => ({
          method: 'DELETE',
          url: `${CLOUDFLARE}/${id}`,
          answered: { success: true, result: { id } },
        })),
    },
    ['dns.createRecord', 'dns.deleteRecord', 'dns.deleteRecord'],
  ],
  [
    'Amazon Route 53',
    {
      write: (first, second) => [
        {
          url: `${R53}/hostedzonesbyname?dnsname=${ZONE}`,
          answered: `<ListHostedZonesByNameResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>${ZONE}.</Name></HostedZone></HostedZones></ListHostedZonesByNameResponse>`,
          ...XML,
        },
        upsert(first),
        { url: `${R53}/change/C1`, answered: stateXml('GetChangeResponse', 'INSYNC'), ...XML },
        { url: `${R53}/hostedzone/Z1/rrset?name=${NAME}.&type=TXT`, answered: setsXml(first), ...XML },
        upsert(first, second),
      ],
      clear: (_, second) => [upsert(second), { ...upsert(), sent: changeXml('DELETE', second) }],
    },
    [
      'dns.findZone',
      'dns.createRecord',
      'other',
      'dns.listRecords',
      'dns.createRecord',
      'dns.deleteRecord',
      'dns.deleteRecord',
    ],
  ],
  [
    'Google Cloud DNS',
    {
      write: (first, second) => [
        {
          method: 'POST',
          url: 'https://oauth2.googleapis.com/token',
          type: 'application/x-www-form-urlencoded',
          sent: 'assertion=x.y.z&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer',
          answered: { access_token: 'ya29', expires_in: 3599, token_type: 'Bearer' },
        },
        {
          url: `${GOOGLE}?alt=json&dnsName=${ZONE}.&prettyPrint=false`,
          answered: { managedZones: [{ name: 'zone-1', id: '99', dnsName: `${ZONE}.`, visibility: 'public' }] },
        },
        google({ additions: [set(first)] }),
        { url: `${GOOGLE}/zone-1/changes/7`, answered: { id: '7', status: 'done' } },
        { url: `${GOOGLE}/zone-1/rrsets?name=${NAME}.&type=TXT`, answered: { rrsets: [set(first)] } },
        google({ deletions: [set(first)], additions: [set(second, first)] }),
      ],
      clear: (first, second) => [
        google({ deletions: [set(second, first)], additions: [set(second)] }),
        google({ deletions: [set(second)] }),
      ],
    },
    [
      'dns.verifyToken',
      'dns.findZone',
      'dns.createRecord',
      'other',
      'dns.listRecords',
      'dns.createRecord',
      'dns.deleteRecord',
      'dns.deleteRecord',
    ],
  ],
  [
    'DigitalOcean',
    {
      write: (first, second) => [
        {
          url: 'https://api.digitalocean.com/v2/domains',
          answered: { domains: [{ name: ZONE, ttl: 1800 }], meta: { total: 1 } },
        },
        digitalocean(1, first),
        digitalocean(2, second),
      ],
      clear: () => [1, 2].map((id) => ({ method: 'DELETE', url: `${DO}/${id}`, status: 204 })),
    },
    ['dns.findZone', 'dns.createRecord', 'dns.createRecord', 'dns.deleteRecord', 'dns.deleteRecord'],
  ],
  [
    'Hetzner DNS Console',
    {
      write: (first, second) => [
        { url: `${HETZNER}/zones?name=${ZONE}`, answered: { zones: [{ id: 'zoneA', name: ZONE }] } },
        hetzner('1b', first),
        hetzner('2b', second),
      ],
      clear: (first) => [
        {
          url: `${HETZNER}/records?zone_id=zoneA`,
          answered: { records: [{ type: 'TXT', id: '1b', zone_id: 'zoneA', name: SUB, value: first }] },
        },
        { method: 'DELETE', url: `${HETZNER}/records/1b`, answered: {} },
        { method: 'DELETE', url: `${HETZNER}/records/2b`, answered: {} },
      ],
    },
    ['dns.findZone', 'dns.createRecord', 'dns.createRecord', 'dns.listRecords', 'dns.deleteRecord', 'dns.deleteRecord'],
  ],
  [
    'Hetzner Cloud',
    {
      write: (first, second) => [
        { url: `https://api.hetzner.cloud/v1/zones?name=${ZONE}`, answered: { zones: [{ id: 42, name: ZONE }] } },
        hcloud('add', first),
        { url: 'https://api.hetzner.cloud/v1/actions/1', answered: { action: { id: 1, status: 'success' } } },
        hcloud('add', second),
      ],
      clear: (first, second) => [hcloud('remove', first), hcloud('remove', second)],
    },
    ['dns.findZone', 'dns.createRecord', 'other', 'dns.createRecord', 'dns.deleteRecord', 'dns.deleteRecord'],
  ],
  [
    'Gandi',
    {
      write: (first, second) => [
        { url: GANDI, status: 404, answered: { code: 404, message: "Can't find the record", object: 'dns-record' } },
        gandi(first),
        gandi(second, first),
      ],
      clear: () => [{ method: 'DELETE', url: GANDI, status: 204 }],
    },
    ['dns.listRecords', 'dns.createRecord', 'dns.createRecord', 'dns.deleteRecord'],
  ],
  [
    'OVHcloud',
    {
      write: (first, second) => [
        { url: 'https://eu.api.ovh.com/1.0/auth/time', answered: 1_767_355_200 },
        { url: OVH, answered: { name: ZONE, dnssecSupported: true } },
        ovh(5001, first),
        { method: 'POST', url: `${OVH}/refresh` },
        ovh(5002, second),
        { method: 'POST', url: `${OVH}/refresh` },
      ],
      clear: (first) => [
        { url: `${OVH}/record?fieldType=TXT&subDomain=${SUB}`, answered: [5001, 5002] },
        {
          url: `${OVH}/record/5001`,
          answered: { id: 5001, zone: ZONE, fieldType: 'TXT', subDomain: SUB, target: `"${first}"` },
        },
        { method: 'DELETE', url: `${OVH}/record/5001` },
        { method: 'DELETE', url: `${OVH}/record/5002` },
      ],
    },
    [
      'other',
      'dns.findZone',
      'dns.createRecord',
      'other',
      'dns.createRecord',
      'other',
      'dns.listRecords',
      'dns.listRecords',
      'dns.deleteRecord',
      'dns.deleteRecord',
    ],
  ],
  [
    'Azure DNS',
    {
      write: (first, second) => [
        {
          method: 'POST',
          url: 'https://login.microsoftonline.com/t1/oauth2/v2.0/token',
          type: 'application/x-www-form-urlencoded',
          sent: 'client_id=a&client_secret=s&grant_type=client_credentials',
          answered: { access_token: 'eyJ', expires_in: 3599 },
        },
        {
          method: 'POST',
          url: 'https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01',
          sent: { query: 'resources | where type =~ "microsoft.network/dnszones"' },
          answered: { totalRecords: 1, data: [{ name: ZONE, resourceGroup: 'g1', subscriptionId: 's1' }] },
        },
        { url: AZURE, status: 404, answered: { code: 'NotFound', message: 'The resource record does not exist' } },
        azure(first),
        azure(second, first),
      ],
      clear: () => [{ method: 'DELETE', url: AZURE }],
    },
    ['dns.verifyToken', 'dns.findZone', 'dns.listRecords', 'dns.createRecord', 'dns.createRecord', 'dns.deleteRecord'],
  ],
  [
    'acme-dns',
    {
      write: (first, second) => [
        {
          method: 'POST',
          url: `${ACME_DNS}/register`,
          status: 201,
          answered: {
            allowfrom: [],
            fulldomain: '8e5700ea.auth.example.test',
            password: 'p',
            subdomain: '8e5700ea',
            username: 'u',
          },
        },
        acmedns(first),
        acmedns(second),
      ],
      clear: () => [{ url: `${ACME_DNS}/health` }],
    },
    ['other', 'dns.updateRecord', 'dns.updateRecord', 'other'],
  ],
]
