declare module 'hpack.js' {
  interface Field {
    readonly name: string
    readonly value: string
    readonly neverIndex: boolean
  }
  interface Decompressor {
    write(block: Buffer): boolean
    execute(): void
    read(): Field | null
  }
  const hpack: { readonly decompressor: { create(options: { table: { size: number } }): Decompressor } }
  export default hpack
}
