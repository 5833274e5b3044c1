import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from './chromium.mjs'
import { albums, photos, posters, subtitles, texts, videos, type Recipe } from './media-recipes.js'

/** Folders of media made for the tests, one for each kind of library. Do not change them: they are kept between runs. */
export interface Media {
  readonly films: string
  readonly shows: string
  readonly music: string
  readonly photos: string
  readonly homeVideos: string
}

/** Makes all media, or takes those of an earlier run: some ten seconds the first time. */
export async function makeMedia(): Promise<Media> {
  const recipes = JSON.stringify([videos, posters, albums, photos, subtitles, texts])
  const folder = join(cacheFolder(), `media-${createHash('sha256').update(recipes).digest('hex').slice(0, 12)}`)
  if (!existsSync(folder)) {
    const building = `${folder}.${randomUUID()}`
    for (const [name, text] of Object.entries({ ...subtitles, ...texts })) await write(join(building, name), text)
    for (const recipe of [...videos, ...posters, ...albums]) await cook(building, recipe)
    for (const photo of photos) await takePhoto(join(building, photo.path), photo)
    for (const name of Object.keys(subtitles)) await rm(join(building, name))
    await rename(building, folder).catch(async (error: unknown) => {
      await rm(building, { recursive: true })
      if (!existsSync(folder)) throw error
    })
  }
  return {
    films: join(folder, 'films'),
    shows: join(folder, 'shows'),
    music: join(folder, 'music'),
    photos: join(folder, 'photos'),
    homeVideos: join(folder, 'home-videos'),
  }
}

/** FFMPEG_PATH, the installed package's, or the machine's. */
export function ffmpegPath(): string {
  if (process.env['FFMPEG_PATH']) return process.env['FFMPEG_PATH']
  try {
    const entry = createRequire(import.meta.url).resolve(`@ffmpeg-binary/${process.platform}-${process.arch}/package.json`)
    return join(dirname(entry), 'ffmpeg')
  } catch {
    return 'ffmpeg'
  }
}

async function cook(folder: string, { path, inputs, output }: Recipe): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  const args = ['-v', 'error', '-y', ...inputs.flatMap(input => input), ...output, join(folder, path)]
  await promisify(execFile)(ffmpegPath(), args, { cwd: folder })
}

async function takePhoto(path: string, { color, width, height, takenAt }: (typeof photos)[number]): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const { default: sharp } = await import('sharp')
  const image = sharp({ create: { width, height, channels: 3, background: color } })
  await image.withExif({ IFD2: { DateTimeOriginal: takenAt } }).toFile(path)
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
