import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guess } from './guess.js'
import { listFolders } from './list-folders.js'

let path: string
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'guess-'))
})
afterEach(() => rm(path, { recursive: true, force: true }))

async function put(...files: string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(path, file)), { recursive: true })
    await writeFile(join(path, file), 'x')
  }
}

describe('a guess', () => {
  it.each([
    ['films', ['Heat (1995)/Heat (1995).mkv', 'Heat (1995)/poster.jpg', 'Heat (1995)/scene1.jpg', 'Ronin.1998.1080p.mkv'], ['Ronin (1998)', 'Heat (1995)']],
    ['shows', ['Dark/Season 1/Dark - S01E01.mkv', 'Dark/Season 1/Dark - S01E02.mkv', 'Lost/Season 2/01 - Man of Science.avi'], ['Dark', 'Lost']],
    ['music', ['Björk/Homogenic/01 - Hunter.flac', 'Björk/Homogenic/02 - Jóga.flac', 'Björk/Homogenic/cover.jpg'], ['Homogenic']],
    ['photos', ['2019/Beach/IMG_20190704_120000.jpg', '2019/Beach/IMG_0002.heic', '2019/Beach/VID_20190704_120001.mp4'], ['Beach']],
    ['home-videos', ['2019/VID_20190704_120000.mp4', '2019-08-01 Wedding.mov', 'GOPR0042.MP4'], ['2019-08-01 Wedding', 'GOPR0042', 'VID_20190704_120000']],
  ])('tells %s', async (kind, files, titles) => {
    await put(...files)
    const { counts, more, examples } = await guess(path)
    expect(counts[0]).toMatchObject({ kind })
    expect(more).toBe(false)
    expect([...examples].sort()).toEqual(titles.map(title => title.replace('2019-08-01 ', '')).sort())
  })

  it('is empty for what is empty, missing or slow', async () => {
    expect(await guess(path)).toEqual({ counts: [], more: false, examples: [] })
    expect(await guess(join(path, 'nowhere'))).toEqual({ counts: [], more: false, examples: [] })
    await put('Heat (1995).mkv')
    expect(await guess(path, 0)).toMatchObject({ more: expect.any(Boolean) as boolean })
  })

  it('ends on links in a circle, and says when there is more', async () => {
    await put('a/Heat (1995).mkv')
    await symlink(path, join(path, 'a/up'))
    expect(await guess(path)).toMatchObject({ counts: [{ kind: 'films', count: 1 }], more: false })
    await put(...Array.from({ length: 450 }, (_, index) => `Film ${index} (2000)/Film ${index} (2000).mkv`))
    expect((await guess(path, 60_000)).more).toBe(true)
  })
})

describe('folders of the server', () => {
  it('are listed as people expect, without hidden ones', async () => {
    await put('Season 10/a', 'Season 2/a', 'äpfel/a', '.hidden/a', '@eaDir/a', 'file.txt')
    await symlink(join(path, 'Season 2'), join(path, 'link'))
    await symlink(join(path, 'nowhere'), join(path, 'dangling'))
    const { path: here, parent, folders } = await listFolders(`${path}/Season 2/..`)
    expect(here).toBe(path)
    expect(parent).toBe(dirname(path))
    expect(folders.map(({ name }) => name)).toEqual(['äpfel', 'link', 'Season 2', 'Season 10'])
    expect(folders[2]).toEqual({ name: 'Season 2', path: join(path, 'Season 2'), readable: true })
  })

  it('begin where media tends to be', async () => {
    const { path: here, folders } = await listFolders()
    expect(here).toBeNull()
    expect(folders.map(folder => folder.path)).toContain('/')
    expect(await listFolders('/')).toMatchObject({ parent: null })
  })

  it('are refused when they are none', async () => {
    await put('file')
    for (const wrong of ['relative', join(path, 'nowhere'), join(path, 'file'), '/a\0b', '']) await expect(listFolders(wrong)).rejects.toMatchObject({ code: 'folder-not-found' })
  })
})
