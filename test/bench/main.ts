/** `npm run bench`: what acmescope costs, measured on this machine; prints Markdown. Names on the command line pick some. */
import { analysis } from './analysis.ts'
import type { Bench } from './bench.ts'
import { issuance } from './issuance.ts'
import { page } from './page.ts'

/** A further measurement is a file of its own beside this and one more here. */
const benches: readonly Bench[] = [analysis, issuance, page]

const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !benches.some((bench) => bench.name === name))
if (unknown !== undefined) {
  console.error(`There is no bench ${unknown}; there are: ${benches.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

for (const bench of benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`## ${bench.name}\n\n${await bench.run()}\n`)
}
