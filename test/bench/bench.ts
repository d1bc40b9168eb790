/** What a measurement is to the list in `main.ts`. */
export interface Bench {
  readonly name: string
  /** Resolves with Markdown: a table, and a line on how it was measured. */
  run(): Promise<string>
}
