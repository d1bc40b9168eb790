/** Whether the page is about to be printed: only then is all of the diagram drawn at once, and in ink on paper. */
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

const { dataset } = document.documentElement

/** Paper is white: the dark theme's text would not be seen on it. Gives back how to return to what was before. */
function inLight(): () => void {
  const before = dataset.mantineColorScheme
  dataset.mantineColorScheme = 'light'
  return () => {
    dataset.mantineColorScheme = before
  }
}

export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    let restore = () => {}
    const begin = () => {
      restore = inLight()
      // What is not drawn before this returns is not printed.
      flushSync(() => setPrinting(true))
    }
    const end = () => {
      restore()
      setPrinting(false)
    }
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}
