/** A note's text, laid out. Whoever wrote it, nothing in it runs, and nothing is loaded from anywhere. */
import { IconExternalLink, IconPhoto, IconSquare, IconSquareCheck } from '@tabler/icons-react'
import {
  type AnchorHTMLAttributes,
  type ImgHTMLAttributes,
  type InputHTMLAttributes,
  memo,
  type ReactNode,
} from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import styles from './notes.module.css'
import { StepReference } from './step-reference.tsx'
import { stepReferences } from './step-references.ts'

const STEP = /^#(\d{1,7})$/
const WEB = /^https?:\/\//i

/** The library takes HTML for text; what is left are addresses. Those of pictures are shown, not followed. */
const onlyWeb = (url: string, key: string): string => (key === 'src' || WEB.test(url) || STEP.test(url) ? url : '')

function Anchor({ href, children }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  const sequence = STEP.exec(href ?? '')?.[1]
  if (sequence !== undefined) return <StepReference sequence={Number(sequence)} />
  if (!href) return <span>{children}</span>
  return (
    <a className={styles.out} href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {children}
      <IconExternalLink size={12} role="img" aria-label="(opens another site)" />
    </a>
  )
}

const Picture = ({ alt, src }: ImgHTMLAttributes<HTMLImageElement>) => (
  <span className={styles.picture} title="Pictures are not loaded">
    <IconPhoto size={13} className={styles.inline} aria-hidden="true" /> {alt}{' '}
    <code>{typeof src === 'string' ? src : ''}</code>
  </span>
)

const Box = ({ checked }: InputHTMLAttributes<HTMLInputElement>) =>
  checked ? (
    <IconSquareCheck size={14} className={styles.inline} role="img" aria-label="done" />
  ) : (
    <IconSquare size={14} className={styles.inline} role="img" aria-label="to do" />
  )

/** The note stands below headings of the page. */
const Heading = ({ children }: { children?: ReactNode }) => <h5>{children}</h5>

const components: Components = {
  a: Anchor,
  img: Picture,
  input: Box,
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
}

const plugins = [remarkGfm, stepReferences]

export const Markdown = memo(({ text }: { text: string }) => (
  <ReactMarkdown remarkPlugins={plugins} urlTransform={onlyWeb} components={components}>
    {text}
  </ReactMarkdown>
))
