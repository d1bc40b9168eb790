/** Puts a finding, or all of them, on the clipboard for somebody's issue tracker. */
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { verdictOf } from '../../shared/acme/verdict/verdict.ts'
import type { Finding } from '../../shared/finding.ts'
import { toBugReport } from '../../shared/report/bug-report.ts'
import { useShelf } from '../app/use-recordings.ts'
import { useSession } from '../session/session.ts'
import { isOver, useJudgement } from './judging.ts'

/** Made when it is asked for: it goes over the whole recording for its secrets. */
function reportOf(about: Finding | null): string {
  const session = useSession.getState()
  const { analysis, recording } = session
  const { findings } = useJudgement.getState()
  return toBugReport({
    analysis,
    findings,
    about,
    verdict: verdictOf(analysis, findings, isOver(session)),
    toolVersion: useShelf.getState().recorder?.version ?? '',
    recordedWith: recording?.toolVersion ?? '',
    startedAt: recording?.startedAt ?? '',
  })
}

type State = 'idle' | 'copied' | 'refused'

const WORDS: Readonly<Record<State, string>> = {
  idle: 'Copy for a bug report',
  copied: 'Copied',
  refused: 'The browser does not let us copy',
}

const icons = { idle: IconCopy, copied: IconCheck, refused: IconAlertTriangle } as const

export function CopyReport({ about }: { about: Finding | null }) {
  const [state, setState] = useState<State>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2500)
    return () => clearTimeout(timer)
  }, [state])
  const Icon = icons[state]
  const copy = async () => {
    // Over plain HTTP beyond loopback there is no clipboard.
    const clipboard: Clipboard | undefined = navigator.clipboard
    const done = clipboard?.writeText(reportOf(about)).then(
      () => 'copied' as const,
      () => 'refused' as const,
    )
    setState((await done) ?? 'refused')
  }
  return (
    <Button
      size="compact-sm"
      variant={about === null ? 'default' : 'subtle'}
      color="gray"
      leftSection={<Icon size={14} aria-hidden="true" />}
      onClick={copy}
    >
      <span aria-live="polite">{about === null && state === 'idle' ? 'Copy all for a bug report' : WORDS[state]}</span>
    </Button>
  )
}
