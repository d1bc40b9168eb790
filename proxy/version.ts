// This tool's version, as its package says.
import { readFileSync } from 'node:fs'

/** From the sources the package is one folder up, from dist/ two. */
const PACKAGE = import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json'

export const VERSION: string = JSON.parse(readFileSync(new URL(PACKAGE, import.meta.url), 'utf8')).version
