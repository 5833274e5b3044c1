import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { serveTasks } from '../../platform/processes/child-pool.js'
import { firstWidths, renderingOf, type Description, type PictureTask } from './picture-task.js'
import { readPicture } from './read-picture.js'

sharp.cache(false)
sharp.concurrency(1)

serveTasks(async (task: PictureTask) => {
  const { picture, hash } = await readPicture(task.input)
  if (task.do === 'render') {
    await render(picture, task.width, task.to)
    return undefined
  }
  // Turned upright first: all sizes below are of the picture as shown.
  const { data, info } = await picture.rotate().raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const open = (): Sharp => sharp(data, { raw: { width, height, channels } })
  const contentHash = hash.slice(0, 24)
  for (const size of firstWidths) await render(open(), size, renderingOf(task.keep, contentHash, size))
  return { width, height, contentHash, ...(await lookOf(open())) } satisfies Description
})

/** Written aside and moved into place, so that nobody ever reads half a picture. */
async function render(picture: Sharp, width: number, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const aside = `${to}.${randomUUID()}`
  try {
    await picture.rotate().resize({ width, withoutEnlargement: true }).webp({ quality: 80, effort: 3 }).toFile(aside)
    await rename(aside, to)
  } finally {
    await rm(aside, { force: true })
  }
}

async function lookOf(picture: Sharp): Promise<{ thumbhash: string; colour: string }> {
  const small = await picture.resize(100, 100, { fit: 'inside' }).ensureAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const thumbhash = Buffer.from(rgbaToThumbHash(small.info.width, small.info.height, small.data)).toString('base64')
  return { thumbhash, colour: dominant(small.data) }
}

/** The colour most of the picture is made of, where colourful pixels count for more than grey ones. */
function dominant(rgba: Uint8Array): string {
  const weights = new Map<number, [weight: number, r: number, g: number, b: number]>()
  for (let at = 0; at < rgba.length; at += 4) {
    const [r, g, b] = [rgba[at]!, rgba[at + 1]!, rgba[at + 2]!]
    const bin = ((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4)
    const spread = Math.max(r, g, b) - Math.min(r, g, b)
    const weight = 0.2 + spread / 255
    const [sum, sr, sg, sb] = weights.get(bin) ?? [0, 0, 0, 0]
    weights.set(bin, [sum + weight, sr + r * weight, sg + g * weight, sb + b * weight])
  }
  const [weight, r, g, b] = [...weights.values()].toSorted((a, b) => b[0] - a[0])[0]!
  return `#${[r, g, b].map(value => Math.round(value / weight).toString(16).padStart(2, '0')).join('')}`
}

