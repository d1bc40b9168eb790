/** Keeps the end in sight while more arrives, for who is at the end; who scrolled away is left where they are. */
import { type RefObject, useEffect, useRef } from 'react'

/** So near to the end, in CSS pixels, is at the end. */
const NEAR = 40

/** @param isAppended whether new rows come at the end */
export function useFollow(scroller: RefObject<HTMLElement | null>, count: number, isAppended: boolean): void {
  const isAtEnd = useRef(false)
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () => {
      const { scrollTop, scrollHeight, clientHeight } = element
      isAtEnd.current = scrollTop > 0 && scrollHeight - scrollTop - clientHeight < NEAR
    }
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what arrives moves the end
  useEffect(() => {
    const element = scroller.current
    if (isAppended && isAtEnd.current && element !== null) element.scrollTop = element.scrollHeight
  }, [count, isAppended, scroller])
}
