import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newDerivation, Secret } from './sealing.js'

const PIECE = 64 * 1024
const cheap = { ...newDerivation(), cost: 2 ** 14 }
const cut = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size))

describe('a sealed file', () => {
  let secret: Secret
  beforeAll(async () => {
    secret = await Secret.from('correct horse', cheap)
  })
  const seal = (bytes: Buffer, size = 10_000) => buffer(Readable.from(cut(bytes, size)).pipe(secret.seal()))
  const open = (bytes: Buffer, by = secret) => buffer(Readable.from(cut(bytes, 7_001)).compose(by.open()))

  it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 300_000])('of %i bytes comes back as it was', async size => {
    const bytes = randomBytes(size)
    const sealed = await seal(bytes)
    expect((await open(sealed)).equals(bytes)).toBe(true)
    expect(sealed.includes(bytes.subarray(0, 16)) && size > 16).toBe(false)
  })

  it('is never the same twice', async () => {
    const bytes = randomBytes(100)
    expect((await seal(bytes)).equals(await seal(bytes))).toBe(false)
  })

  it('opens with its passphrase only', async () => {
    const sealed = await seal(randomBytes(100))
    await expect(open(sealed, await Secret.from('correct house', cheap))).rejects.toThrow('the passphrase is not the one')
    await expect(open(sealed, await Secret.from('correct horse', { ...cheap, salt: newDerivation().salt }))).rejects.toThrow(
      'the passphrase is not the one',
    )
  })

  it('does not open when anything of it was changed, cut off, added or moved', async () => {
    const sealed = await seal(randomBytes(3 * PIECE + 500))
    for (const at of [0, 4, 36, 40, 5_000, 36 + PIECE, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      await expect(open(changed), `byte ${at}`).rejects.toThrow('damaged')
    }
    const whole = 4 + PIECE + 16
    for (const length of [0, 20, 36, 36 + whole, 36 + 3 * whole, sealed.length - 1])
      await expect(open(sealed.subarray(0, length)), `${length} bytes`).rejects.toThrow('damaged')
    await expect(open(Buffer.concat([sealed, sealed.subarray(36, 36 + whole)]))).rejects.toThrow('damaged')
    const [first, second] = [sealed.subarray(36, 36 + whole), sealed.subarray(36 + whole, 36 + 2 * whole)]
    await expect(open(Buffer.concat([sealed.subarray(0, 36), second, first, sealed.subarray(36 + 2 * whole)]))).rejects.toThrow(
      'damaged',
    )
  })
})
