// A stream that is there at once and leads somewhere a little later: what tls.connect wants while a tunnel is being opened.
import { Duplex } from 'node:stream'

/** Reading and writing wait until the stream inside is open, which it says (`open`); if it never opens, it fails with its error. */
export function later(opening: Promise<Duplex>): Duplex {
  let inside: Duplex | null = null
  return new Duplex({
    construct(done) {
      opening.then((opened) => {
        inside = opened
        opened.on('data', (chunk) => this.push(chunk) || opened.pause())
        opened.once('end', () => this.push(null))
        opened.once('error', (error) => this.destroy(error))
        opened.once('close', () => this.destroy())
        done()
        this.emit('open')
      }, done)
    },
    read: () => void inside?.resume(),
    write: (chunk, encoding, done) => void inside?.write(chunk, encoding, done),
    final: (done) => void inside?.end(done),
    destroy(error, done) {
      // It may open after nobody wants it any more.
      opening.then(
        (opened) => opened.destroy(),
        () => undefined,
      )
      done(error)
    },
  })
}
