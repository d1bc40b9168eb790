/** What tells of waiting: worth showing only to who really waits. */
import { type ReactNode, useEffect, useState } from 'react'

const PATIENCE_MS = 200

/** Draws its children once 200 ms have passed; what is there sooner never flickers. */
export function Delayed({ children }: { children: ReactNode }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return late ? children : null
}
