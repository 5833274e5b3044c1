/** One white box shown from one time to another, as a Blu-ray subtitle (PGS, "Presentation Graphic Stream"). */
export function pictureSubtitle(canvas: readonly [width: number, height: number], from: number, to: number): Buffer {
  const [width, height] = canvas
  const box = { x: width >> 2, y: height >> 1, w: width >> 1, h: height >> 2 }
  const run = [0x00, 0xc0 | (box.w >> 8), box.w & 0xff, 0x01, 0x00, 0x00]
  const pixels = Array.from({ length: box.h }, () => run).flat()
  const composition = (number: number, state: number, objects: readonly number[]) => [...u16(width), ...u16(height), 0x10, ...u16(number), state, 0, 0, ...objects]
  const window = [1, 0, ...u16(box.x), ...u16(box.y), ...u16(box.w), ...u16(box.h)]
  const size = pixels.length + 4
  return Buffer.concat([
    segment(from, 0x16, composition(0, 0x80, [1, ...u16(0), 0, 0, ...u16(box.x), ...u16(box.y)])),
    segment(from, 0x17, window),
    segment(from, 0x14, [0, 0, 1, 235, 128, 128, 255]),
    segment(from, 0x15, [...u16(0), 0, 0xc0, size >> 16, ...u16(size & 0xffff), ...u16(box.w), ...u16(box.h), ...pixels]),
    segment(from, 0x80, []),
    segment(to, 0x16, composition(1, 0x00, [0])),
    segment(to, 0x17, window),
    segment(to, 0x80, []),
  ])
}

const u16 = (value: number): readonly number[] => [value >> 8, value & 0xff]

function segment(seconds: number, type: number, body: readonly number[]): Buffer {
  const head = Buffer.alloc(13)
  head.write('PG', 0, 'latin1')
  head.writeUInt32BE(Math.round(seconds * 90_000), 2)
  head.writeUInt8(type, 10)
  head.writeUInt16BE(body.length, 11)
  return Buffer.concat([head, Buffer.from(body)])
}
