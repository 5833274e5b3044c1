import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Letters and digits that are not mistaken for each other. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const groups = 4
const digest = (text: string): Buffer => createHash('sha256').update(text.toUpperCase().replace(/[^0-9A-Z]/g, '')).digest()

/** The one-time code (99 bits) that proves who sets up: it can read the server's terminal or its files. */
export class SetupCode {
  #code: string | undefined

  constructor(private readonly home: string) {}

  get #file(): string {
    return join(this.home, 'setup-code')
  }

  /** The code, made at the first call, and kept over restarts until it is used. */
  async open(): Promise<string> {
    const kept = (await readFile(this.#file, 'utf8').catch(() => '')).trim()
    this.#code = kept || Array.from({ length: groups }, () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')).join('-')
    if (!kept) await writeFile(this.#file, `${this.#code}\n`, { mode: 0o600 })
    return this.#code
  }

  /** Case, spaces and dashes do not matter. */
  fits(code: string): boolean {
    return this.#code !== undefined && timingSafeEqual(digest(code), digest(this.#code))
  }

  async close(): Promise<void> {
    this.#code = undefined
    await rm(this.#file, { force: true })
  }
}
