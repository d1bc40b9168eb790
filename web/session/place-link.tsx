/** A link to a place of the page: followed here, or opened in a tab of the browser's like any other link. */
import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { goTo, hrefOf, type Place } from './location.ts'

interface PlaceLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> {
  /** What changes; the rest of the place stays. */
  readonly to: Partial<Place>
}

const isPlain = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

export const PlaceLink = ({ to, ...rest }: PlaceLinkProps) => (
  <a
    {...rest}
    href={hrefOf(to)}
    onClick={(event) => {
      if (!isPlain(event)) return
      event.preventDefault()
      goTo(to)
    }}
  />
)
