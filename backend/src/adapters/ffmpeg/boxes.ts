/** Reading and writing of ISO base media boxes (ISO/IEC 14496-12): the grammar, without the meaning. */

export interface Box {
  readonly type: string
  /** What follows the header. */
  readonly body: Buffer
}

const HEADER = 8
const LARGE_HEADER = 16
/** No box FFmpeg makes for one sample comes near this; more means that we lost our place. */
const LARGEST = 512 << 20

/** The boxes inside a body. Throws `RangeError` when they do not fit into it. */
export function* boxesIn(body: Buffer): Generator<Box> {
  for (let at = 0; at + HEADER <= body.length; ) {
    const { size, header } = headerAt(body, at)
    if (size < header || at + size > body.length) throw new RangeError(`Box of ${size} bytes at ${at} does not fit`)
    yield { type: body.toString('latin1', at + 4, at + 8), body: body.subarray(at + header, at + size) }
    at += size
  }
}

/** The body of the first box at a path of types below a body, if there is one. */
export function find(body: Buffer, ...path: readonly string[]): Buffer | undefined {
  const [type, ...rest] = path
  if (type === undefined) return body
  for (const box of boxesIn(body)) if (box.type === type) return find(box.body, ...rest)
  return undefined
}

/** Cuts a byte stream into its top-level boxes, whatever pieces it comes in. */
export class BoxStream {
  private pieces: Buffer[] = []
  private held = 0

  /** Makes the first piece at least so long, joining no more pieces than it takes. */
  private join(length: number): void {
    if (this.pieces[0]!.length >= length) return
    let count = 0
    for (let sum = 0; sum < length; count++) sum += this.pieces[count]!.length
    this.pieces.splice(0, count, Buffer.concat(this.pieces.slice(0, count)))
  }

  /** Takes the next piece and gives the boxes that are complete with it. Throws `RangeError` on what cannot be boxes. */
  *push(piece: Buffer): Generator<Box> {
    this.pieces.push(piece)
    this.held += piece.length
    for (;;) {
      if (this.held < HEADER) return
      this.join(Math.min(this.held, LARGE_HEADER))
      const first = this.pieces[0]!
      if (first.readUInt32BE(0) === 1 && this.held < LARGE_HEADER) return
      const { size, header } = headerAt(first, 0)
      if (size < header || size > LARGEST) throw new RangeError(`A box of ${size} bytes cannot be`)
      if (this.held < size) return
      this.join(size)
      const whole = this.pieces.shift()!
      this.held -= size
      if (whole.length > size) this.pieces.unshift(whole.subarray(size))
      yield { type: whole.toString('latin1', 4, 8), body: whole.subarray(header, size) }
    }
  }
}

function headerAt(bytes: Buffer, at: number): { size: number; header: number } {
  const size = bytes.readUInt32BE(at)
  if (size !== 1) return { size, header: HEADER }
  return { size: Number(bytes.readBigUInt64BE(at + HEADER)), header: LARGE_HEADER }
}

export function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUInt32BE(parts.reduce((sum, part) => sum + part.length, HEADER))
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, ...parts])
}

export function fullBox(type: string, version: number, flags: number, ...parts: readonly Uint8Array[]): Buffer {
  return box(type, u32((version << 24) | flags), ...parts)
}

export const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2))
  return bytes
}
/** Numbers as 32 bits each; negative ones in two's complement. */
export const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4))
  return bytes
}
export const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
