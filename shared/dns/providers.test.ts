import { describe, expect, it } from 'vitest'
import { providerNamed, providerOf, providers } from './providers.ts'

const at = (method: string, url: string) =>
  providerOf(new URL(url).hostname, {
    method,
    url,
    request: { json: undefined, text: '' },
    response: { json: undefined, text: '' },
    status: 200,
  })?.name

describe('whose API it is', () => {
  it.each([
    ['https://api.cloudflare.com/client/v4/whatever', 'cloudflare'],
    ['https://api.digitalocean.com/v2/droplets', 'digitalocean'],
    ['https://ca.api.soyoustart.com/1.0/me', 'ovh'],
    ['https://dns.googleapis.com/dns/v1/projects/p/managedZones', 'gcloud'],
    ['https://dns.hetzner.com/', 'hetzner'],
    ['https://api.hetzner.cloud/v1/servers', 'hetznercloud'],
    ['https://cloudflare.com/', undefined],
    ['https://api.cloudflare.com.evil.test/client/v4/zones', undefined],
  ])('is told by the host: %s', (url, name) => {
    expect(at('GET', url)).toBe(name)
  })

  it.each([
    ['POST', 'https://oauth2.googleapis.com/token', 'gcloud'],
    ['GET', 'https://www.googleapis.com/dns/v1/projects/p/managedZones', 'gcloud'],
    ['GET', 'https://www.googleapis.com/storage/v1/b', undefined],
    ['POST', 'https://login.microsoftonline.com/t1/oauth2/v2.0/token', 'azuredns'],
    ['GET', 'https://management.azure.com/subscriptions/s/providers/Microsoft.Network/dnszones', 'azuredns'],
    [
      'GET',
      'https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines',
      undefined,
    ],
    ['POST', 'https://www.ovh.com/auth/oauth2/token', 'ovh'],
    ['GET', 'https://www.ovh.com/fr/', undefined],
  ])('is told by the path where others answer at the same host: %s %s', (method, url, name) => {
    expect(at(method, url)).toBe(name)
  })
})

it('has no two providers of one name, label or host', () => {
  for (const of of ['name', 'label'] as const) {
    expect(new Set(providers.map((provider) => provider[of])).size).toBe(providers.length)
  }
  const hosts = providers.flatMap(({ hosts, sharedHosts = [] }) => [...hosts, ...sharedHosts].map(String))
  expect(new Set(hosts).size).toBe(hosts.length)
  for (const provider of providers) expect(providerNamed(provider.label)).toBe(provider)
})
