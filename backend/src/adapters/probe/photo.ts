import type { MediaInfo, Metadata } from '@projectionist/shared/events/media'
import exifr from 'exifr'
import sharp from 'sharp'
import { cleanText, cleanTexts, defined, momentOf } from './clean.js'
import { cameraOf, placeOf } from './tags.js'

export interface PhotoProbe {
  readonly media: MediaInfo
  readonly tags: Metadata
}

const ANIMATED = new Set(['gif', 'webp'])

/**
 * Reads size and EXIF, XMP and IPTC of a photo; HEIC by its header, without decoding. Time is the camera's local time.
 * Throws when the header makes no sense.
 */
export async function probePhoto(path: string): Promise<PhotoProbe> {
  const image = sharp(path, { limitInputPixels: false, failOn: 'error' })
  const found = await image.metadata()
  const { width, height } = found.autoOrient
  if (!width || !height) throw new Error('no size')
  const container = found.format === 'heif' ? (found.compression === 'av1' ? 'avif' : 'heic') : found.format
  const animated = ANIMATED.has(container) && (found.pages ?? 1) > 1
  const fields = await exifFields(path, found.exif)
  return {
    media: { container, video: [], audio: [], subtitles: [], image: { width, height, ...(animated && { animated }) } },
    tags: photoTags(fields),
  }
}

const OPTIONS = { reviveValues: false, translateValues: false, xmp: true, iptc: true, gps: true, mergeOutput: true } as const

/** exifr knows JPEG, HEIC, PNG, TIFF and some AVIF; where it finds no EXIF, in WebP above all, the block that sharp found is read. */
async function exifFields(path: string, block: Buffer | undefined): Promise<Readonly<Record<string, unknown>>> {
  const whole = (await exifr.parse(path, OPTIONS).catch(() => undefined)) as Record<string, unknown> | undefined
  if (!block || (whole && !('errors' in whole))) return whole ?? {}
  const tiff = block.toString('latin1', 0, 4) === 'Exif' ? block.subarray(6) : block
  const found = (await exifr.parse(tiff, OPTIONS).catch(() => undefined)) as Record<string, unknown> | undefined
  return { ...found, ...whole }
}

function photoTags(fields: Readonly<Record<string, unknown>>): Metadata {
  const words = [fields['subject'], fields['Keywords']].flatMap(value => (Array.isArray(value) ? value : [value]))
  const describing = plain(fields['description']) ?? cleanText(fields['ImageDescription'], 2000) ?? cleanText(fields['Caption'], 2000)
  return defined({
    title: plain(fields['title'])?.slice(0, 300),
    // Cameras fill the description with their own name, or with nothing but spaces.
    overview: describing !== undefined && !/^(olympus digital camera|sony dsc|dcim|default|minolta digital camera|\W*)$/i.test(describing) ? describing : undefined,
    takenAt: momentOf(fields['DateTimeOriginal']) ?? momentOf(fields['CreateDate']) ?? momentOf(fields['DateCreated']),
    camera: cameraOf(fields['Make'], fields['Model']),
    place: placeOf(fields['latitude'], fields['longitude']),
    tags: cleanTexts(words),
  })
}

/** XMP gives texts as `{ lang, value }` or, in several languages, as a list of these. */
function plain(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return cleanText(typeof one === 'object' && one !== null && 'value' in one ? one.value : one, 2000)
}
