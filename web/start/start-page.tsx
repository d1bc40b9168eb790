/** What an empty recording shows: how to fill it, where it still can be. Fetched when there is one. */
import { lazy, Suspense } from 'react'
import { useSession } from '../session/session.ts'

const Setup = lazy(() => import('./setup.tsx').then(({ Setup }) => ({ default: Setup })))
const Empty = lazy(() => import('./empty.tsx').then(({ Empty }) => ({ default: Empty })))

export function StartPage() {
  const canGrow = useSession(({ state }) => state === 'live' || state === 'reconnecting')
  return <Suspense>{canGrow ? <Setup /> : <Empty />}</Suspense>
}
