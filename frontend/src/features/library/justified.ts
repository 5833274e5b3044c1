/** Where a picture stands in its section, px. */
export interface Tile {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
export interface Justified {
  readonly tiles: readonly Tile[]
  readonly height: number
}

/** Rows of pictures that fill a width, none cropped: each row as high as makes it fit, about `rowHeight`. The last stays ragged. */
export function justify(ratios: readonly number[], width: number, rowHeight: number, gap: number): Justified {
  const tiles: Tile[] = []
  let top = 0
  let first = 0
  let sum = 0
  const lay = (to: number, height: number) => {
    let left = 0
    for (let index = first; index < to; index++) {
      const tileWidth = Math.min(width, ratios[index]! * height)
      tiles.push({ left, top, width: tileWidth, height })
      left += tileWidth + gap
    }
    top += height + gap
    first = to
    sum = 0
  }
  ratios.forEach((ratio, index) => {
    const room = width - gap * (index - first)
    if ((sum + ratio) * rowHeight >= room) {
      // Of the two rows that nearly fit, with this picture or without, the one nearer to the height wished for.
      const higher = sum > 0 ? (room + gap) / sum : Infinity
      const lower = room / (sum + ratio)
      if (higher / rowHeight < rowHeight / lower) {
        lay(index, higher)
        sum = ratio
      } else {
        lay(index + 1, lower)
      }
    } else sum += ratio
  })
  if (first < ratios.length) lay(ratios.length, Math.min(rowHeight, (width - gap * (ratios.length - 1 - first)) / sum))
  return { tiles, height: Math.max(0, top - gap) }
}

/** Photos are on average about so wide for their height; for sections whose pictures are not known yet. */
const usualRatio = 1.36

/** The height a section will have, about, from nothing but how many pictures it holds. */
export function estimatedHeight(count: number, width: number, rowHeight: number, gap: number): number {
  const rows = Math.max(1, Math.ceil((count * (usualRatio * rowHeight + gap)) / Math.max(1, width)))
  return rows * (rowHeight + gap) - gap
}

/** The ratio of a photo as it is laid out: extreme panoramas and strips are held within reason. */
export const tileRatio = (width: number | null, height: number | null): number =>
  width && height ? Math.min(4, Math.max(0.4, width / height)) : 4 / 3
