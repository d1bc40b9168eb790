/** The inspector's tab with what people wrote on a step. */
import type { Step } from '../../shared/acme/model.ts'
import type { PanelProps } from '../inspector/panel.ts'
import { NotesOn } from './notes-on.tsx'
import { useNotesOn } from './use-notes.ts'

export const NotesPanel = ({ step }: PanelProps) => <NotesOn exchange={step.exchange} what="this step" />

/** Beside the tab's name. */
export const useStepNotes = ({ exchange }: Step): number => useNotesOn(exchange).length
