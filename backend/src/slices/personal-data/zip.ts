import { crc32, createDeflateRaw } from 'node:zlib'
import { Readable } from 'node:stream'

export interface ZipEntry {
  /** In ASCII. */
  readonly name: string
  readonly text: AsyncIterable<string>
}

const LOCAL = 0x04034b50
const DESCRIPTOR = 0x08074b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** Sizes and checksum come after the data; names are UTF-8. */
const FLAGS = 0x0808
const VERSION = 20
const DEFLATED = 8
const MOST_BYTES = 0xffffffff

/** A ZIP archive (APPNOTE 6.3), made while it is sent: nothing is held back. Throws `RangeError` at 4 GiB. `at` is the time of all entries. */
export async function* zip(entries: Iterable<ZipEntry>, at: Date): AsyncGenerator<Buffer> {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  const central: Buffer[] = []
  let offset = 0
  for (const { name, text } of entries) {
    const begin = offset
    const head = record(
      LOCAL,
      [2, VERSION],
      [2, FLAGS],
      [2, DEFLATED],
      [2, time],
      [2, date],
      [4, 0],
      [4, 0],
      [4, 0],
      [2, name.length],
      [2, 0],
    )
    yield Buffer.concat([head, Buffer.from(name)])
    offset += head.length + name.length
    let [crc, size, packed] = [0, 0, 0]
    const measured = async function* () {
      for await (const piece of text) {
        const bytes = Buffer.from(piece)
        crc = crc32(bytes, crc)
        size += bytes.length
        yield bytes
      }
    }
    for await (const chunk of Readable.from(measured(), { objectMode: true }).compose(createDeflateRaw())) {
      packed += (chunk as Buffer).length
      yield chunk as Buffer
    }
    offset += packed
    if (size > MOST_BYTES || offset > MOST_BYTES) throw new RangeError('A ZIP archive of this kind holds less than 4 GiB')
    const tail = record(DESCRIPTOR, [4, crc], [4, packed], [4, size])
    yield tail
    offset += tail.length
    central.push(
      record(
        CENTRAL,
        [2, VERSION],
        [2, VERSION],
        [2, FLAGS],
        [2, DEFLATED],
        [2, time],
        [2, date],
        [4, crc],
        [4, packed],
        [4, size],
        [2, name.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, begin],
      ),
      Buffer.from(name),
    )
  }
  const directory = Buffer.concat(central)
  const count = central.length / 2
  yield Buffer.concat([
    directory,
    record(END, [2, 0], [2, 0], [2, count], [2, count], [4, directory.length], [4, offset], [2, 0]),
  ])
}

/** Little-endian numbers, each with its width in bytes, after a signature. */
function record(signature: number, ...fields: readonly (readonly [width: 2 | 4, value: number])[]): Buffer {
  const bytes = Buffer.alloc(4 + fields.reduce((sum, [width]) => sum + width, 0))
  let at = bytes.writeUInt32LE(signature)
  for (const [width, value] of fields) at = width === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value >>> 0, at)
  return bytes
}
