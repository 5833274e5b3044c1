import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { LibraryKind } from '@projectionist/shared/events/media'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareRelative, encodeName, resolveLocation } from '../../platform/media/file-location.js'
import { RootLost, walk, type Found, type FoundFile } from './walk.js'

const rootId = '00000000-0000-4000-8000-000000000001'
let path: string

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'walk-'))
  await chmod(path, 0o755)
})
afterEach(() => rm(path, { recursive: true, force: true }))

async function put(...files: string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(path, file)), { recursive: true })
    await writeFile(join(path, file), 'x')
  }
}
async function walked(kind: LibraryKind, signal = new AbortController().signal): Promise<Found[]> {
  const all: Found[] = []
  for await (const found of walk({ rootId, path }, kind, signal)) all.push(found)
  return all
}
const filesOf = (all: readonly Found[]): FoundFile[] => all.flatMap(found => (found.found === 'file' ? [found.file] : []))
const paths = async (kind: LibraryKind): Promise<string[]> => filesOf(await walked(kind)).map(file => file.relative)
const problems = (all: readonly Found[]): unknown[] =>
  all.flatMap(found => (found.found === 'problem' ? [[found.problem.code, found.problem.relative, found.unwalked]] : []))

/** Runs as somebody who is not root, to whom permissions apply. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const root = process.geteuid!() === 0
  if (root) process.seteuid!(65534)
  try {
    return await work()
  } finally {
    if (root) process.seteuid!(0)
  }
}

describe('what a walk finds', () => {
  it('finds media in the order of bytes and ends with a count of all files', async () => {
    await put('b.mkv', 'a/z.mp4', 'a.mkv', 'a b/c.avi', 'readme.txt', 'Ä.mkv', 'é/x.mkv')
    const all = await walked('films')
    expect(filesOf(all).map(file => file.relative)).toEqual(['a b/c.avi', 'a.mkv', 'a/z.mp4', 'b.mkv', 'Ä.mkv', 'é/x.mkv'])
    expect(all.at(-1)).toEqual({ found: 'end', files: 7 })
    expect(filesOf(all)[0]).toMatchObject({ type: 'video', sizeBytes: 1 })
  })

  it('takes only what the kind of library wants', async () => {
    await put('f.mkv', 'm.mp3', 'p.heic', 'n.nfo', 't.txt')
    expect(await paths('films')).toEqual(['f.mkv'])
    expect(await paths('music')).toEqual(['m.mp3'])
    expect(await paths('photos')).toEqual(['f.mkv', 'p.heic'])
    expect(await paths('home-videos')).toEqual(['f.mkv'])
  })

  it('leaves out hidden files, system folders, samples and extras', async () => {
    await put(
      'A (2000)/A (2000).mkv', 'A (2000)/A (2000)-trailer.mkv', 'A (2000)/sample.mkv', 'A (2000)/Extras/x.mkv', 'A (2000)/Behind The Scenes/x.mkv',
      'A (2000)/Sample/a-sample.mkv', '@eaDir/A.mkv/SYNO.mkv', '#recycle/b.mkv', '.Trash-1000/c.mkv', '.hidden.mkv', 'A (2000)/._A (2000).mkv', 'Extras/Extras S01E01.mkv',
    )
    expect(await paths('films')).toEqual(['A (2000)/A (2000).mkv', 'Extras/Extras S01E01.mkv'])
  })

  it('passes over folders and pipes by the name of an ignore file, and waits for neither', async () => {
    await put('a/x.mkv', 'b/y.mkv', 'b/.ignore/z')
    execFileSync('mkfifo', [join(path, 'a/.ignore')])
    const all = await walked('films')
    expect(filesOf(all).map(file => file.relative)).toEqual(['a/x.mkv', 'b/y.mkv'])
    expect(problems(all)).toEqual([])
  })

  it('obeys ignore files', async () => {
    await put('a/x.mkv', 'b/x.mkv', 'b/keep/x.mkv', 'b/y.tmp.mkv', 'c/x.mkv', 'c/d/x.mkv', 'e/Old.mkv')
    await writeFile(join(path, 'a/.ignore'), '')
    await writeFile(join(path, 'b/.plexignore'), '# mine\n*.tmp.*\n/x.mkv\n')
    await writeFile(join(path, 'c/.ignore'), '*\n!d/\n!d/**\n')
    await writeFile(join(path, '.ignore'), 'e/old.mkv\n')
    expect(await paths('films')).toEqual(['b/keep/x.mkv', 'c/d/x.mkv'])
  })

  it('says that discs and their images have to be turned into files', async () => {
    await put('A/BDMV/STREAM/0001.m2ts', 'B/VIDEO_TS/VTS_01_1.VOB', 'C/c.iso')
    const all = await walked('films')
    expect(filesOf(all)).toEqual([])
    expect(problems(all)).toEqual([['not-media', 'A/BDMV', false], ['not-media', 'B/VIDEO_TS', false], ['not-media', 'C/c.iso', false]])
  })
})

describe('what lies beside', () => {
  it('gives each file its subtitles and NFO', async () => {
    await put(
      'F/F.mkv', 'F/F.en.forced.srt', 'F/F.nfo', 'F/F-poster.jpg', 'F/Subs/2_German.srt', 'S/tvshow.nfo', 'S/Season 1/S01E01.mkv', 'S/Season 1/S01E02.mkv',
      'S/Season 1/S01E02.de.srt', 'S/Season 1/Subs/S01E01/3_English.srt', 'S/Season 1/x.idx', 'S/Season 1/S01E01.idx', 'S/Season 1/S01E01.sub',
    )
    const found = new Map(filesOf(await walked('shows')).map(file => [file.relative, file.beside]))
    expect(found.get('F/F.mkv')).toMatchObject({ subtitles: ['F/F.en.forced.srt', 'F/Subs/2_German.srt'], nfos: ['F/F.nfo'] })
    expect(found.get('S/Season 1/S01E01.mkv')).toMatchObject({
      subtitles: ['S/Season 1/S01E01.idx', 'S/Season 1/Subs/S01E01/3_English.srt'], nfos: ['S/tvshow.nfo'],
    })
    expect(found.get('S/Season 1/S01E02.mkv')).toMatchObject({ subtitles: ['S/Season 1/S01E02.de.srt'], nfos: ['S/tvshow.nfo'] })
  })

  it('changes its stamp with what lies beside, and only with that', async () => {
    await put('F/F.mkv', 'G/G.mkv')
    const stamps = async (): Promise<string[]> => filesOf(await walked('films')).map(file => file.beside.stamp)
    const before = await stamps()
    expect(before).toEqual(['', ''])
    await put('F/F.de.srt', 'F/other.txt', 'poster.jpg')
    const after = await stamps()
    expect(after[0]).not.toBe('')
    expect(after[1]).toBe('')
  })
})

describe('bad input', () => {
  it('throws RootLost for a root that is missing or a file', async () => {
    await put('f')
    for (const lost of [join(path, 'nowhere'), join(path, 'f'), join(path, 'f/g')]) {
      await expect(walk({ rootId, path: lost }, 'films', new AbortController().signal).next()).rejects.toMatchObject({ name: 'RootLost', code: 'missing' })
    }
  })

  it('throws RootLost when the root turns into another folder on the way', async () => {
    await put('a.mkv', 'b.mkv')
    const going = walk({ rootId, path }, 'films', new AbortController().signal)
    await going.next()
    await rename(path, `${path}-away`)
    await mkdir(path)
    try {
      await expect(async () => {
        for await (const _ of going);
      }).rejects.toThrow(RootLost)
    } finally {
      await rm(`${path}-away`, { recursive: true })
    }
  })

  it('reports folders it may not read, and goes on', async () => {
    await put('closed/a.mkv', 'open/b.mkv')
    await chmod(join(path, 'closed'), 0o000)
    await chmod(join(path, 'open'), 0o755)
    const all = await asNobody(() => walked('films'))
    expect(filesOf(all).map(file => file.relative)).toEqual(['open/b.mkv'])
    expect(problems(all)).toEqual([['unreadable', 'closed', true]])
    await chmod(path, 0o000)
    await expect(asNobody(() => walked('films'))).rejects.toMatchObject({ code: 'unreadable' })
    await chmod(path, 0o755)
    await chmod(join(path, 'closed'), 0o755)
  })

  it('follows links, ends loops, and walks a linked folder once', async () => {
    await put('real/a.mkv')
    await symlink(path, join(path, 'real/up'))
    await symlink(join(path, 'self'), join(path, 'self'))
    await symlink(join(path, 'nowhere'), join(path, 'dangling.mkv'))
    await symlink(join(path, 'real/a.mkv'), join(path, 'link.mkv'))
    await symlink(join(path, 'real'), join(path, 'x1'))
    await symlink(join(path, 'real'), join(path, 'x2'))
    const all = await walked('films')
    expect(filesOf(all).map(file => file.relative)).toEqual(['link.mkv', 'real/a.mkv', 'x1/a.mkv'])
    expect(problems(all)).toEqual(expect.arrayContaining([['loop', 'self', false], ['loop', 'real/up', false]]))
  })

  it('finds names of any bytes under the location that leads back to them', async () => {
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .map(bytes => Buffer.from(bytes.filter(byte => byte !== 0 && byte !== 0x2f && byte !== 0x2e)))
      .filter(bytes => bytes.length > 0)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { maxLength: 8, selector: bytes => bytes.toString('hex') }), async names => {
        await rm(path, { recursive: true })
        await mkdir(path)
        const wanted = names.map(bytes => Buffer.concat([Buffer.from('n'), bytes, Buffer.from('.mkv')]))
        for (const bytes of wanted) await writeFile(Buffer.concat([Buffer.from(`${path}/`), bytes]), 'x')
        const found = await paths('home-videos')
        expect(found).toEqual(wanted.map(encodeName).sort(compareRelative))
        for (const relative of found) expect(wanted.some(bytes => resolveLocation(path, relative).equals(Buffer.concat([Buffer.from(`${path}/`), bytes])))).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  it('stops when told to', async () => {
    await put('a.mkv', 'b.mkv')
    const stop = new AbortController()
    const going = walk({ rootId, path }, 'films', stop.signal)
    await going.next()
    stop.abort(new Error('enough'))
    await expect(going.next()).rejects.toThrow('enough')
  })

  it('keeps to paths of a length that can be kept', async () => {
    const deep = Array.from({ length: 18 }, (_, index) => `${index}${'d'.repeat(200)}`)
    await put(`${deep.join('/')}/a.mkv`, 'z.mkv')
    expect(await paths('films')).toContain('z.mkv')
  })
})
