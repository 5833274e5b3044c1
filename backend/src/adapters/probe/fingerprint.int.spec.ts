import { execFileSync } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ffmpeg } from '../../../test/ffmpeg.js'
import { fingerprint } from './fingerprint.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerprint-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string): string => join(folder, name)
const of = (name: string): Promise<string> => fingerprint(Buffer.from(at(name)), 'audio')
const run = (...args: string[]): void => void execFileSync(ffmpeg, ['-v', 'error', '-y', ...args])

describe('audio that is re-tagged', () => {
  it.each([
    ['mp3', ['-c:a', 'libmp3lame'], ['-write_xing', '0']],
    ['flac', ['-c:a', 'flac']],
    ['m4a', ['-c:a', 'aac']],
    ['ogg', ['-c:a', 'libvorbis']],
    ['opus', ['-c:a', 'libopus']],
    ['wav', []],
    ['aiff', [], ['-write_id3v2', '1']],
    ['wma', ['-c:a', 'wmav2']],
  ])('is the same file: %s', async (extension, codec, muxer = []) => {
    run('-f', 'lavfi', '-i', 'sine=440:d=8', ...codec, ...muxer, '-metadata', 'title=One', at(`a.${extension}`))
    run('-i', at(`a.${extension}`), '-c', 'copy', '-map_metadata', '-1', '-metadata', `title=${'Two '.repeat(400)}`, '-metadata', 'artist=Somebody', ...muxer, at(`b.${extension}`))
    run('-f', 'lavfi', '-i', 'sine=450:d=8', ...codec, ...muxer, '-metadata', 'title=One', at(`c.${extension}`))
    expect(readFileSync(at(`a.${extension}`)).equals(readFileSync(at(`b.${extension}`)))).toBe(false)
    expect(await of(`b.${extension}`)).toBe(await of(`a.${extension}`))
    expect(await of(`c.${extension}`)).not.toBe(await of(`a.${extension}`))
  })

  it('is the same file with ID3v1, APEv2 and Lyrics3 at its end', async () => {
    run('-f', 'lavfi', '-i', 'sine=440:d=8', '-c:a', 'libmp3lame', '-id3v2_version', '0', at('bare.mp3'))
    copyFileSync(at('bare.mp3'), at('tagged.mp3'))
    const ape = Buffer.alloc(64 + 20)
    for (const [offset, flags] of [[0, 0xa0000000], [52, 0x80000000]] as const) {
      ape.write('APETAGEX', offset, 'latin1')
      ape.writeUInt32LE(2000, offset + 8)
      ape.writeUInt32LE(52, offset + 12)
      ape.writeUInt32LE(1, offset + 16)
      ape.writeUInt32LE(flags, offset + 20)
    }
    const words = 'LYRICSBEGININD0000210'
    appendFileSync(at('tagged.mp3'), ape)
    appendFileSync(at('tagged.mp3'), `${words}${String(words.length).padStart(6, '0')}LYRICS200`)
    appendFileSync(at('tagged.mp3'), Buffer.from('TAG'.padEnd(128, 'x')))
    expect(await of('tagged.mp3')).toBe(await of('bare.mp3'))
  })
})

describe('any file', () => {
  it('has a fingerprint, however its tags lie', async () => {
    const heads = ['', 'ID3\x04\0\x10\x7f\x7f\x7f\x7f', 'fLaC\0\xff\xff\xff', 'OggS', '\0\0\0\x08ftypM4A ', 'RIFF\0\0\0\0WAVEdata\xff\xff\xff\xff', 'FORM', '\x30\x26\xb2\x75', 'DSD ']
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }), fc.constantFrom('', 'TAG'.padEnd(128), 'APETAGEX'.padEnd(32, '\xff'), 'zLYRICS200'), async (head, body, tail) => {
        writeFileSync(at('any'), Buffer.concat([Buffer.from(head, 'latin1'), body, Buffer.from(tail, 'latin1')]))
        expect(await of('any')).toMatch(/^[0-9a-f]{40}$/)
      }),
    )
  })

  it('differs by a byte at start, middle or end, and by size', async () => {
    const bytes = Buffer.alloc(1_000_000, 7)
    const seen = new Set<string>()
    for (const change of [undefined, 0, 500_000, 999_999]) {
      const copy = Buffer.from(bytes)
      if (change !== undefined) copy[change] = 8
      writeFileSync(at('film'), copy)
      seen.add(await fingerprint(Buffer.from(at('film')), 'video'))
    }
    writeFileSync(at('film'), bytes.subarray(1))
    seen.add(await fingerprint(Buffer.from(at('film')), 'video'))
    expect(seen.size).toBe(5)
  })
})
