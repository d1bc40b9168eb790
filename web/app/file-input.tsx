/** Opens the browser's choice of files, from wherever a person asks for it. */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { importFiles, openFiles } from './open-file.ts'

type Purpose = 'open' | 'import'

const useWanted = create<{ readonly purpose: Purpose; readonly times: number }>(() => ({ purpose: 'open', times: 0 }))

/** `open`: in this page only. `import`: kept by the recorder. */
export const chooseFiles = (purpose: Purpose): void =>
  useWanted.setState(({ times }) => ({ purpose, times: times + 1 }))

export function FileInput() {
  const { purpose, times } = useWanted()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (times > 0) input.current?.click()
  }, [times])
  return (
    <input
      ref={input}
      type="file"
      accept=".har,application/json"
      multiple
      hidden
      aria-label="HAR files"
      data-testid="file-input"
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])]
        event.currentTarget.value = ''
        void (purpose === 'import' ? importFiles(files, 'stay') : openFiles(files))
      }}
    />
  )
}
