/** Cloudflare's API v4 in a synthetic recording: one zone, its records, and refusals by code. */
import { type ApiFailure, success, successList, zoneJson } from '../lab/cloudflare-json.ts'
import type { Meeting } from './bend.ts'
import type { Answer, Request } from './wire.ts'

const API = 'https://api.cloudflare.com/client/v4'
const ZONE_ID = '09952be409a7d6464cd7661beeeb966e'

export interface DnsBend extends Meeting {
  /** Name of the zone that is looked up. */
  readonly zone?: string
}

export interface SyntheticRecord {
  readonly type: string
  readonly name: string
  readonly content: string
}

interface Means {
  readonly zone: string
  readonly agent: string | null
  /** No two records have the same, whoever wrote them. */
  readonly nextId: () => number
  readonly meet: (request: Request, meeting: Meeting, usually: () => Answer) => Answer | null
}

export type Cloudflare = ReturnType<typeof createCloudflare>

export function createCloudflare({ zone, agent, nextId, meet }: Means) {
  const records = new Map<string, SyntheticRecord>()
  const recordsUrl = `${API}/zones/${ZONE_ID}/dns_records`

  const call = (method: string, url: string, body: unknown, bend: Meeting, usually: () => unknown): boolean => {
    const headers = [['Authorization', 'Bearer synthetic-token']] as const
    const answer = meet({ method, url, body, agent, headers }, bend, () => ({ status: 200, body: usually() }))
    return answer !== null && answer.status < 400
  }

  function remove(id: string, bend: DnsBend = {}): void {
    call('DELETE', `${recordsUrl}/${id}`, null, bend, () => {
      records.delete(id)
      return success({ id })
    })
  }

  return {
    /** Looks up a zone by its name: empty for any other than the one there is. */
    findZone: (name: string = zone, bend: Meeting = {}): boolean => {
      const found = name === zone ? [zoneJson.of({ id: ZONE_ID, name: zone })] : []
      return call('GET', `${API}/zones?name=${name}`, null, bend, () => successList(found))
    },
    listRecords: (name: string, bend: Meeting = {}): boolean => {
      const found = [...records].filter(([, one]) => one.name === name).map(([id, one]) => ({ id, ...one }))
      return call('GET', `${recordsUrl}?type=TXT&name=${name}`, null, bend, () => successList(found))
    },
    /** The id of the record; null when it was refused. */
    create: (record: SyntheticRecord, bend: DnsBend = {}): string | null => {
      const id = nextId().toString(16).padStart(32, '0')
      const sent = { ...record, ttl: 120 }
      const isMade = call('POST', recordsUrl, sent, bend, () => {
        records.set(id, record)
        return success({ id, zone_id: ZONE_ID, zone_name: zone, ...sent })
      })
      return isMade ? id : null
    },
    delete: remove,
    deleteAll: (bend: DnsBend = {}): void => {
      for (const id of [...records.keys()]) remove(id, bend)
    },
    verifyToken: (bend: Meeting = {}): boolean =>
      call('GET', `${API}/user/tokens/verify`, null, bend, () => success({ id: zoneJson.tokenId, status: 'active' })),
  }
}

/** A refusal as Cloudflare words it: one of `errors` in ../lab/cloudflare-json.ts, or any other status, code and message. */
export const refusedByCloudflare = ({ status, ...error }: ApiFailure): Answer => ({
  status,
  body: { success: false, errors: [error], messages: [], result: null },
})
