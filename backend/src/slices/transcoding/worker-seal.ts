import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * How API and workers know each other: each call carries a MAC over its method, path and time, each answer one over the
 * call's nonce and all that is in it. Neither can be made without the key in the vault; a call is good for half a minute.
 */
export const CALL_HEADER = 'x-projectionist-call'
export const ANSWER_HEADER = 'x-projectionist-answer'
const GOOD_FOR_MS = 30_000

export interface Call {
  readonly header: string
  readonly nonce: string
}

export class WorkerSeal {
  constructor(private readonly key: Uint8Array) {}

  call(path: string, now: Date): Call {
    const nonce = randomBytes(16).toString('hex')
    const time = String(now.getTime())
    return { header: [time, nonce, this.mac('call', path, time, nonce)].join('.'), nonce }
  }

  /** The nonce of a call that is genuine and fresh; undefined for any other. */
  accept(path: string, header: string | undefined, now: Date): string | undefined {
    const [time = '', nonce = '', mac = ''] = header?.split('.') ?? []
    const fresh = Math.abs(now.getTime() - Number(time)) <= GOOD_FOR_MS
    return fresh && same(mac, this.mac('call', path, time, nonce)) ? nonce : undefined
  }

  answer(nonce: string, status: number, body: Uint8Array): string {
    return this.mac('answer', nonce, String(status), createHash('sha256').update(body).digest('hex'))
  }

  /** Whether an answer comes from a holder of the key and is the one to this call. */
  genuine(nonce: string, status: number, body: Uint8Array, header: string | null): boolean {
    return same(header ?? '', this.answer(nonce, status, body))
  }

  private mac(...parts: readonly string[]): string {
    return createHmac('sha256', this.key).update(parts.join('\n')).digest('hex')
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
