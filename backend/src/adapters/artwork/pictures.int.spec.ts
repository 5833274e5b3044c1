import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ffmpeg } from '../../../test/ffmpeg.js'
import type { PictureSubject, Pictures } from '../../platform/media/pictures.js'
import { pictureMaker } from './picture-maker.js'

const run = promisify(execFile)
const rootId = '0d0d0d0d-0000-4000-8000-000000000001'

describe('pictures', () => {
  let root: string
  let pictures: Pictures
  let taken = 0
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'projectionist-pictures-'))
    const still = async (args: string[]) => {
      taken++
      return (await run(ffmpeg, ['-v', 'error', ...args, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'mjpeg', 'pipe:1'], { encoding: 'buffer' })).stdout
    }
    pictures = pictureMaker({
      cache: join(root, 'cache'),
      stills: { at: (path, atMs) => still(['-ss', String(atMs / 1000), '-i', path]), attached: path => still(['-i', path, '-map', '0:v', '-map', '-0:V']) },
    })
  })
  afterAll(async () => {
    await pictures.close()
    await rm(root, { recursive: true, force: true })
  })

  const picture = async (relative: string, width: number, height: number, colour = '#ff8800'): Promise<void> => {
    await mkdir(dirname(join(root, relative)), { recursive: true })
    const format = relative.endsWith('.png') ? 'png' : 'jpeg'
    await writeFile(join(root, relative), await sharp({ create: { width, height, channels: 3, background: colour } })[format]().toBuffer())
  }
  const subject = (kind: PictureSubject['kind'], relative: string, more: Partial<PictureSubject> = {}): PictureSubject =>
    ({ kind, title: null, seasonNumber: null, rootId, root, relative, durationMs: undefined, hasVideo: false, embedded: false, ...more })
  const found = async (asked: PictureSubject) =>
    (await pictures.find(asked)).map(({ role, source, width, height }) => `${role} ${source.from} ${source.location.relative} ${width}×${height}`)

  it('finds what lies beside a film, by its own name before its folder’s', async () => {
    await picture('Alien (1979)/poster.jpg', 200, 300)
    await picture('Alien (1979)/fanart.png', 320, 180)
    await picture('Alien (1979)/Alien (1979)-poster.jpg', 400, 600)
    expect(await found(subject('film', 'Alien (1979)/Alien (1979).mkv'))).toEqual([
      'poster file Alien (1979)/Alien (1979)-poster.jpg 400×600', 'backdrop file Alien (1979)/fanart.png 320×180',
    ])
    await picture('poster.jpg', 20, 30)
    expect(await found(subject('film', 'Brazil (1985).mkv'))).toEqual([])
  })
  it('finds a series’, a season’s, an album’s and an artist’s', async () => {
    await picture('Show/poster.jpg', 20, 30)
    await picture('Show/season01-poster.jpg', 22, 33)
    await picture('Band/artist.jpg', 40, 40)
    await picture('Band/Record/Cover.JPG', 50, 50)
    const episode = 'Show/Season 1/Show S01E01.mkv'
    expect(await found(subject('series', episode))).toEqual(['poster file Show/poster.jpg 20×30'])
    expect(await found(subject('season', episode, { seasonNumber: 1 }))).toEqual(['poster file Show/season01-poster.jpg 22×33'])
    expect(await found(subject('album', 'Band/Record/CD 1/01.flac'))).toEqual(['poster file Band/Record/Cover.JPG 50×50'])
    expect(await found(subject('artist', 'Band/Record/01.flac'))).toEqual(['poster file Band/artist.jpg 40×40'])
  })
  it('tells the look of a picture: size as shown, colour, a hash of its content', async () => {
    await picture('red.jpg', 300, 200, '#c01818')
    await writeFile(join(root, 'turned.jpg'), await sharp(join(root, 'red.jpg')).withMetadata({ orientation: 6 }).toBuffer())
    const [red] = await pictures.find(subject('photo', 'red.jpg'))
    const [turned] = await pictures.find(subject('photo', 'turned.jpg'))
    expect(red).toMatchObject({ role: 'thumb', width: 300, height: 200, colour: expect.stringMatching(/^#b[ef]|^#c[01]/) as string })
    expect([turned!.width, turned!.height]).toEqual([200, 300])
    expect(red!.contentHash).toMatch(/^[0-9a-f]{24}$/)
    expect(turned!.contentHash).not.toBe(red!.contentHash)
    expect(Buffer.from(red!.thumbhash, 'base64').length).toBeGreaterThan(4)
  })
  it('takes a frame of a film that has nothing else, and the cover inside a track', async () => {
    await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=2', '-c:v', 'libx264', join(root, 'film.mkv')])
    expect(await found(subject('film', 'film.mkv', { hasVideo: true, durationMs: 2000 }))).toEqual(['backdrop frame film.mkv 320×180'])
    const song = ['-f', 'lavfi', '-i', 'sine=d=1', '-i', join(root, 'red.jpg'), '-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v', 'attached_pic']
    await run(ffmpeg, ['-v', 'error', ...song, join(root, 'song.mp3')])
    expect(await found(subject('track', 'song.mp3', { embedded: true }))).toEqual(['poster embedded song.mp3 300×200'])
  })
  it('makes a picture once for all who ask, never larger than it is, and again when the folder was emptied', async () => {
    await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=640x360:d=1', '-c:v', 'libx264', join(root, 'other.mkv')])
    const source = { from: 'frame', location: { rootId, relative: 'other.mkv' }, atMs: 0 } as const
    taken = 0
    const made = await Promise.all(Array.from({ length: 5 }, () => pictures.render(source, root, 'a'.repeat(24), 960)))
    expect([taken, new Set(made.map(({ path }) => path)).size]).toEqual([1, 1])
    expect(await sharp(made[0]!.path).metadata()).toMatchObject({ format: 'webp', width: 640, height: 360 })
    expect(await pictures.kept('a'.repeat(24), 960)).toEqual(made[0])
    expect(await pictures.kept('a'.repeat(24), 320)).toBeUndefined()
    await rm(join(root, 'cache'), { recursive: true })
    await pictures.render(source, root, 'a'.repeat(24), 960)
    expect(await readdir(join(root, 'cache/pictures/aa'))).toEqual([`${'a'.repeat(24)}-960.webp`])
  })
  it('refuses what is no picture, is not there, or leads elsewhere, and goes on', async () => {
    await writeFile(join(root, 'fake.jpg'), 'no picture at all')
    await writeFile(join(root, 'empty.jpg'), '')
    await writeFile(join(root, 'bomb.svg.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="60000" height="60000"><rect width="9" height="9"/></svg>')
    for (const name of ['fake.jpg', 'empty.jpg', 'bomb.svg.png', 'nowhere.jpg', '../outside.jpg']) expect(await found(subject('photo', name))).toEqual([])
    const render = (relative: string) => pictures.render({ from: 'file', location: { rootId, relative } }, root, 'b'.repeat(24), 320)
    await expect(render('fake.jpg')).rejects.toMatchObject({ name: 'NoPicture', code: 'not-a-picture' })
    await expect(render('nowhere.jpg')).rejects.toMatchObject({ name: 'NoPicture', code: 'gone' })
    await expect(render('../x.jpg')).rejects.toMatchObject({ name: 'NoPicture', code: 'gone' })
  })
})
