import { createHash, randomBytes } from 'node:crypto'

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')

function format(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The name-based UUID of RFC 9562, section 5.5: the same namespace and name always give the same id. */
export function uuidv5(namespace: string, name: string | Uint8Array): string {
  return format(createHash('sha1').update(bytesOf(namespace)).update(name).digest(), 5)
}

/** A time-ordered UUID of RFC 9562, section 5.7. */
export function uuidv7(now: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  return format(bytes, 7)
}

/** The namespace all derived ids of the program start from. Never changes. */
export const PROJECTIONIST = '8f1d0c52-6a3b-5b7e-9d84-3c1c8a0e7f21'
