import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadLocation, compareRelative, decodeName, encodeName, folderOf, nameOf, readableName, resolveLocation } from './file-location.js'

const anyName = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 60 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map(text => new Uint8Array(Buffer.from(text))),
  fc.array(fc.constantFrom('%', '%25', '%FF', '%2f', 'ü', '映', '\u{1f3ac}', 'a', '\uFFFD'), { minLength: 1 }).map(parts => new Uint8Array(Buffer.from(parts.join('')))),
)
const fileName = anyName
  .map(bytes => bytes.filter(byte => byte !== 0 && byte !== 0x2f))
  .filter(bytes => bytes.length > 0 && !['.', '..'].includes(Buffer.from(bytes).toString()))

describe('names as text', () => {
  it('gives every byte string back', () => {
    fc.assert(
      fc.property(anyName, bytes => {
        expect(decodeName(encodeName(bytes)).equals(bytes)).toBe(true)
      }),
    )
  })

  it('has exactly one text for a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        try {
          expect(encodeName(decodeName(text))).toBe(text)
        } catch (error) {
          expect(error).toBeInstanceOf(BadLocation)
        }
      }),
    )
  })

  it.each([
    ['Amélie.mkv', 'Amélie.mkv'],
    ['100% Wolf.mkv', '100%25 Wolf.mkv'],
    ['千と千尋の神隠し.mkv', '千と千尋の神隠し.mkv'],
    [Buffer.from([0x41, 0xe9, 0x2e]), 'A%E9.'],
    [Buffer.from([0xff, 0x25, 0xfe]), '%FF%25%FE'],
    [Buffer.from([0xed, 0xa0, 0x80]), '%ED%A0%80'],
    [Buffer.from([0xe2, 0x82]), '%E2%82'],
  ])('writes %s as %s', (name, text) => {
    expect(encodeName(Buffer.from(name as string))).toBe(text)
  })

  it('is readable for people', () => {
    expect(readableName('100%25 Wo%E9lf')).toBe('100% Wo\uFFFDlf')
    expect(readableName('Ame\u0301lie')).toBe('Amélie')
  })
})

describe('from a location to a path', () => {
  it('joins root and names', () => {
    expect(resolveLocation('/media/films/', 'A/B%25.mkv').toString()).toBe('/media/films/A/B%.mkv')
    expect(resolveLocation('/', 'a').toString()).toBe('/a')
    expect(folderOf('a/b/c')).toBe('a/b')
    expect(folderOf('c')).toBe('')
    expect(nameOf('a/b/c')).toBe('c')
  })

  it.each(['', '.', '..', '../x', 'a/../../x', 'a/./b', '/etc/passwd', 'a//b', 'a/', 'a\0b', '%2E%2E/x', '%2Fetc', 'a%00', '%', '%zz', '%ff'])('refuses %j', relative => {
    expect(() => resolveLocation('/media', relative)).toThrow(BadLocation)
  })

  it('never leaves the root, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', '/', 'a', '%2E', '%2F', '\\', '%00'), { maxLength: 12 }), parts => {
        try {
          const path = resolveLocation('/media/films', parts.join('')).toString()
          expect(resolve(path).startsWith('/media/films/')).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(BadLocation)
        }
      }),
    )
  })
})

describe('order', () => {
  it('is that of the bytes', () => {
    fc.assert(
      fc.property(fileName, fileName, (a, b) => {
        const [x, y] = [encodeName(a), encodeName(b)]
        expect(Math.sign(compareRelative(x, y))).toBe(Math.sign(Buffer.compare(Buffer.from(x), Buffer.from(y))))
      }),
    )
  })
})
