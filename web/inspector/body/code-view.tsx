/** Text in an editor that only reads: colours, folding, search. Loaded when first needed. */
import { json } from '@codemirror/lang-json'
import { codeFolding, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightSpecialChars, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import { styleNonce } from '../../theme/nonce.ts'
import styles from './body.module.css'
import { leads } from './leads.ts'

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--number)' },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: 'var(--faint)' },
])

const look = EditorView.theme({
  '&': { fontSize: 'var(--text-sm)', backgroundColor: 'var(--bg)', color: 'var(--text)' },
  '&.cm-focused': { outline: '1px solid var(--accent)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { padding: '8px 0', caretColor: 'transparent' },
  '.cm-line': { padding: '0 10px 0 2px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--faint)', border: 'none' },
  '.cm-foldGutter .cm-gutterElement': { width: '16px', textAlign: 'center', cursor: 'pointer' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--hover)',
    border: '1px solid var(--line-strong)',
    color: 'var(--muted)',
    padding: '0 5px',
  },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-textfield, .cm-button': {
    backgroundColor: 'var(--raised)',
    backgroundImage: 'none',
    color: 'var(--text)',
    border: '1px solid var(--line-strong)',
  },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 30%, transparent) !important',
  },
  '.cm-leads, .cm-leads *': {
    cursor: 'pointer',
    textDecoration: 'underline',
    textDecorationColor: 'color-mix(in srgb, currentcolor 45%, transparent)',
    textUnderlineOffset: '2px',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-bg)', outline: '1px solid var(--warn)' },
})

const plainLook = EditorView.theme({ '.cm-content': { paddingLeft: '10px' } })

const common: Extension = [
  EditorState.readOnly.of(true),
  EditorView.lineWrapping,
  drawSelection(),
  highlightSpecialChars(),
  search({ top: true }),
  highlightSelectionMatches(),
  keymap.of([...searchKeymap, ...foldKeymap]),
  look,
]

const jsonExtras: Extension = [json(), codeFolding(), foldGutter(), syntaxHighlighting(colours), leads]

const extensions = (isJson: boolean, label: string): Extension => [
  common,
  EditorView.cspNonce.of(styleNonce()),
  EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true' }),
  isJson ? jsonExtras : plainLook,
]

/** Characters; a longer text scrolls by itself, so that the editor draws only what is in view. */
const TALL_FROM = 24_000

export function CodeView({ text, json: isJson, label }: { text: string; json: boolean; label: string }) {
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (parent.current === null) return
    const state = EditorState.create({ doc: text, extensions: extensions(isJson, label) })
    const view = new EditorView({ state, parent: parent.current })
    return () => view.destroy()
  }, [text, isJson, label])
  return <div ref={parent} className={styles.editor} data-tall={text.length > TALL_FROM} />
}
