/** Times and sizes as a person reads them. Times of day are UTC, as the recording has them. */

const two = (value: number): string => String(value).padStart(2, '0')

/** `22:44:23` of an ISO time; a dash for what is no time. */
export function clockTime(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(11, 19)
}

/** `22:44:23.040` */
export function preciseTime(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(11, 23)
}

/** `2024-04-15 22:44:23 UTC` */
export function dateTime(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? '–' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** `30 ms`, `2.1 s`, `24 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`
}

/** Time since another: `+0.03 s`, `+12.0 s`, `+1:04`, `+2:10:05`. */
export function since(ms: number): string {
  if (!Number.isFinite(ms)) return ''
  if (ms < 59_950) return `+${(Math.max(0, ms) / 1000).toFixed(ms < 9995 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const rest = two(seconds % 60)
  return hours === 0 ? `+${minutes}:${rest}` : `+${hours}:${two(minutes)}:${rest}`
}

/** `861 B`, `2.1 kB`; a dash for what is not known. */
export function byteSize(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return '–'
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
