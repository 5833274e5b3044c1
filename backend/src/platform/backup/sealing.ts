import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'
import { promisify } from 'node:util'
import { z } from 'zod'
import { BackupError } from './backup-error.js'

/** How the key of a sealed backup follows from its passphrase (RFC 7914); `salt` in base64. */
export const Derivation = z.object({
  kdf: z.literal('scrypt'),
  cost: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  blockSize: z.int().min(8).max(32),
  parallelization: z.int().min(1).max(16),
  salt: z.base64(),
  cipher: z.literal('aes-256-gcm'),
})
export type Derivation = z.infer<typeof Derivation>

export const newDerivation = (): Derivation => ({
  kdf: 'scrypt',
  cost: 2 ** 17,
  blockSize: 8,
  parallelization: 1,
  salt: randomBytes(32).toString('base64'),
  cipher: 'aes-256-gcm',
})

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** The key of a backup, and what it guards: files in authenticated pieces, and the manifest by a signature. */
export class Secret {
  private constructor(private readonly key: Buffer) {}

  static async from(passphrase: string, { cost, blockSize, parallelization, salt }: Derivation): Promise<Secret> {
    const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize }
    return new Secret(await derive(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, options))
  }

  sign(text: string): string {
    return createHmac('sha256', this.#keyOf('manifest', Buffer.alloc(0)))
      .update(text)
      .digest('base64')
  }

  signed(text: string, signature: string): boolean {
    const [right, given] = [Buffer.from(this.sign(text)), Buffer.from(signature)]
    return right.length === given.length && timingSafeEqual(right, given)
  }

  /** Encrypts a file: magic, salt, then pieces of `length | ciphertext | tag`, the highest bit of the last one's length set. */
  seal(): Transform {
    const salt = randomBytes(SALT)
    const piece = pieces(this.#keyOf('file', salt))
    const sealed = (bytes: Buffer, last: boolean): Buffer => {
      const { nonce, aad, key } = piece(last)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad)
      const text = Buffer.concat([cipher.update(bytes), cipher.final()])
      const length = Buffer.alloc(4)
      length.writeUInt32BE((text.length | (last ? LAST : 0)) >>> 0)
      return Buffer.concat([length, text, cipher.getAuthTag()])
    }
    return gathered(
      PIECE,
      stream => void stream.push(Buffer.concat([MAGIC, salt])),
      (stream, bytes) => void stream.push(sealed(bytes, false)),
      (stream, rest) => void stream.push(sealed(rest, true)),
    )
  }

  /** Undoes `seal`. The stream fails with `BackupError` when a byte was changed, a piece moved, or the end is missing. */
  open(): Transform {
    let piece: ReturnType<typeof pieces> | undefined
    let waiting: Buffer = Buffer.alloc(0)
    let ended = false
    const damaged = (): BackupError =>
      new BackupError('A file of the backup is damaged, or the passphrase is not the one it was made with.')
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
        try {
          if (!piece) {
            if (waiting.length < MAGIC.length + SALT) return done()
            if (!waiting.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged()
            piece = pieces(this.#keyOf('file', waiting.subarray(MAGIC.length, MAGIC.length + SALT)))
            waiting = waiting.subarray(MAGIC.length + SALT)
          }
          const plain: Buffer[] = []
          while (waiting.length >= 4) {
            const head = waiting.readUInt32BE()
            const length = head & ~LAST
            if (ended || length > PIECE) throw damaged()
            if (waiting.length < 4 + length + TAG) break
            ended = head >= LAST
            const { nonce, aad, key } = piece(ended)
            const decipher = createDecipheriv('aes-256-gcm', key, nonce)
              .setAAD(aad)
              .setAuthTag(waiting.subarray(4 + length, 4 + length + TAG))
            plain.push(decipher.update(waiting.subarray(4, 4 + length)), decipher.final())
            waiting = waiting.subarray(4 + length + TAG)
          }
          done(null, Buffer.concat(plain))
        } catch {
          done(damaged())
        }
      },
      flush: done => done(ended && waiting.length === 0 ? null : damaged()),
    })
  }

  #keyOf(use: string, salt: Buffer): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, salt, `projectionist backup ${use}`, 32))
  }
}

const MAGIC = Buffer.from('PJB1')
const SALT = 32
const PIECE = 64 * 1024
const TAG = 16
const LAST = 0x80000000

/** Each piece has a nonce that counts, under a key that no other file has. */
function pieces(key: Buffer): (last: boolean) => { key: Buffer; nonce: Buffer; aad: Buffer } {
  let count = 0n
  return last => {
    const nonce = Buffer.alloc(12)
    nonce.writeBigUInt64BE(count++, 4)
    return { key, nonce, aad: Buffer.from([last ? 1 : 0]) }
  }
}

function gathered(
  size: number,
  begin: (stream: Transform) => void,
  full: (stream: Transform, bytes: Buffer) => void,
  end: (stream: Transform, rest: Buffer) => void,
): Transform {
  let waiting: Buffer = Buffer.alloc(0)
  let begun = false
  const start = (stream: Transform): void => {
    if (!begun) begin(stream)
    begun = true
  }
  return new Transform({
    transform(this: Transform, chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
      start(this)
      waiting = Buffer.concat([waiting, chunk])
      // The last piece is never empty unless the file is, so one full piece waits.
      while (waiting.length > size) {
        full(this, waiting.subarray(0, size))
        waiting = waiting.subarray(size)
      }
      done()
    },
    flush(this: Transform, done: TransformCallback) {
      start(this)
      end(this, waiting)
      done()
    },
  })
}
