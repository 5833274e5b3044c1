import { isUtf8 } from 'node:buffer'
import { resolve } from 'node:path'

/** A path that names no file under a root: empty, absolute, with `.` or `..`, or not in the one form a name has. */
export class BadLocation extends Error {
  override readonly name = 'BadLocation'
}

const SLASH = 0x2f
const PERCENT = 0x25
const ON_WINDOWS = process.platform === 'win32'

/** Length of the well-formed UTF-8 sequence that starts at `at`, 0 when there is none (Unicode 16, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0
}

/**
 * The one text form of a file name: UTF-8 as it is, `%` and every byte that is not part of well-formed UTF-8 as `%XX` in
 * capitals. `decodeName` gives the same bytes back.
 */
export function encodeName(name: Uint8Array): string {
  const bytes = Buffer.from(name.buffer, name.byteOffset, name.byteLength)
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8')
    return text.includes('%') ? text.replaceAll('%', '%25') : text
  }
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at)
    if (length > 0 && bytes[at] !== PERCENT) text += bytes.toString('utf8', at, at + length)
    else text += `%${bytes[at]!.toString(16).toUpperCase().padStart(2, '0')}`
    at += Math.max(length, 1)
  }
  return text
}

/** The bytes of a name in the form `encodeName` gives. Throws `BadLocation` for any other text, so that two never name one file. */
export function decodeName(text: string): Buffer {
  const parts = text.split('%')
  const bytes = Buffer.concat(
    parts.flatMap((part, index) => {
      if (index === 0) return [Buffer.from(part)]
      if (!/^[0-9A-F]{2}/.test(part)) throw new BadLocation('A percent sign in a path has to be followed by two hex digits')
      return [Buffer.from(part.slice(0, 2), 'hex'), Buffer.from(part.slice(2))]
    }),
  )
  if (encodeName(bytes) !== text) throw new BadLocation('The path is not in the form paths are kept in')
  return bytes
}

/**
 * The absolute path, as bytes, of `relative` (names in the form of `encodeName`, joined with `/`) under the folder `root`.
 * Throws `BadLocation` for whatever could lead out of the root by its text: empty, absolute, `.` and `..`, NUL, an encoded
 * slash. Symbolic links are followed later, by whoever opens it: people link folders of other disks into a library.
 */
export function resolveLocation(root: string, relative: string): Buffer {
  const names = relative.split('/').map(name => {
    const bytes = decodeName(name)
    const text = bytes.toString('latin1')
    if (text === '' || text === '.' || text === '..' || bytes.includes(0) || bytes.includes(SLASH) || (ON_WINDOWS && /[\\:]/.test(text))) {
      throw new BadLocation('The path leads out of its folder')
    }
    return bytes
  })
  const base = Buffer.from(resolve(root))
  const separator = Buffer.from('/')
  return Buffer.concat([base.length === 1 ? Buffer.alloc(0) : base, ...names.flatMap(name => [separator, name])])
}

/** Joins a folder (`''` is the root itself) and an encoded name. */
export const joinRelative = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)

/** The folder a relative path lies in, `''` at the top. */
export const folderOf = (relative: string): string => relative.slice(0, Math.max(0, relative.lastIndexOf('/')))

/** The last name of a relative path, still encoded. */
export const nameOf = (relative: string): string => relative.slice(relative.lastIndexOf('/') + 1)

/** An encoded name for people and parsers: `%25` as `%`, bytes that are no text as the replacement character, in NFC. */
export function readableName(encoded: string): string {
  if (!encoded.includes('%')) return encoded.normalize('NFC')
  return encoded.split('/').map(name => decodeName(name).toString('utf8')).join('/').normalize('NFC')
}

/**
 * Order of relative paths by their bytes, that of PostgreSQL's collation `C`. A walk yields files in this order, so that it
 * can be compared with a list of known files as both go by.
 */
export function compareRelative(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at)
    const y = b.charCodeAt(at)
    if (x === y) continue
    // UTF-16 sorts surrogates (code points from U+10000) below U+E000–U+FFFF, bytes sort them above.
    const high = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
    return high(x) - high(y)
  }
  return a.length - b.length
}
