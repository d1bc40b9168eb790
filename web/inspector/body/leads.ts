/** Strings of a text that name something of the recording: pressed, they lead to it. Explained, the same are links. */
import type { Extension } from '@codemirror/state'
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { type Named, namedBy } from '../../../shared/acme/explain/named.ts'
import { stepAt } from '../../session/fact-index.ts'
import { goTo, hrefOf, type Place, readPlace } from '../../session/location.ts'
import { useSession } from '../../session/session.ts'

/** Of one line, and no longer than any name. */
const STRING = /"(?:[^"\\\n]|\\.){1,2048}"/g

/** Where it leads from the step that is looked at; null to nowhere else. */
function placeOf(named: Named, here: string | null): Partial<Place> | null {
  switch (named.kind) {
    case 'object':
      return toObject(named.url, named.exchange, here)
    case 'resource':
      return named.owner && toObject(named.owner.url, named.owner.exchange, here)
    case 'key':
      return toObject(named.account.url, named.account.exchange, here)
    case 'nonce':
      return toStep([named.issuedBy, ...named.usedBy], here)
    case 'record':
      return toStep(named.exchanges, here)
  }
}

const toStep = (exchanges: readonly (string | null)[], here: string | null): Partial<Place> | null => {
  const step = exchanges.find((exchange) => exchange !== null && exchange !== here)
  return step ? { step } : null
}

const toObject = (url: string, exchange: string | null, here: string | null): Partial<Place> =>
  toStep([exchange], here) ?? { view: 'objects', object: url }

function leadOf(literal: string): Partial<Place> | null {
  const named = namedBy(useSession.getState().analysis, valueOfLiteral(literal))
  return named && placeOf(named, readPlace(window.location.search).step)
}

function valueOfLiteral(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return ''
  }
}

function wordsFor({ step, object }: Partial<Place>): string {
  const sequence = stepAt(useSession.getState().analysis, step ?? null)?.sequence
  return sequence === undefined ? `Go to ${object ?? 'it'}` : `Go to #${sequence}`
}

const matcher = new MatchDecorator({
  regexp: STRING,
  decorate(add, from, to, [literal]) {
    const place = leadOf(literal)
    if (place === null) return
    const attributes = { title: wordsFor(place), 'data-leads': literal }
    add(from + 1, to - 1, Decoration.mark({ class: 'cm-leads', attributes }))
  },
})

const marks = ViewPlugin.define(
  (view) => {
    const plugin = {
      decorations: matcher.createDeco(view),
      update(update: ViewUpdate) {
        plugin.decorations = matcher.updateDeco(update, plugin.decorations)
      },
    }
    return plugin
  },
  { decorations: ({ decorations }) => decorations },
)

/** A selection by dragging is none. */
const presses = EditorView.domEventHandlers({
  click(event, view) {
    const literal = (event.target as HTMLElement).closest<HTMLElement>('.cm-leads')?.dataset.leads
    const place = literal === undefined || !view.state.selection.main.empty ? null : leadOf(literal)
    if (place === null) return false
    if (event.ctrlKey || event.metaKey) window.open(hrefOf(place), '_blank', 'noopener')
    else goTo(place)
    return true
  },
})

export const leads: Extension = [marks, presses]
