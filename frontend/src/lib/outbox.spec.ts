import { describe, expect, it } from 'vitest'
import { createOutbox, type KeptIntent, type OutboxParts } from './outbox.js'

type Answer = Awaited<ReturnType<OutboxParts['send']>>

/** A browser's storage, which outlives its pages, and a server that answers as told. */
function stage() {
  const kept = new Map<string, string>()
  const storage = {
    get length() {
      return kept.size
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const server = { answer: (intents: readonly KeptIntent[]): Answer => intents.map(() => ({ result: 'taken' as const })) }
  const sent: (readonly KeptIntent[])[] = []
  const refused: KeptIntent[] = []
  let timers: { ms: number; run: () => void }[] = []
  const who = { id: 'ada' as string | null }
  const page = () =>
    createOutbox({
      storage,
      person: () => who.id,
      send: async intents => {
        sent.push(intents)
        return server.answer(intents)
      },
      exclusively: work => work(),
      after: (ms, run) => {
        const timer = { ms, run }
        timers.push(timer)
        return () => (timers = timers.filter(other => other !== timer))
      },
      refused: intents => void refused.push(...intents),
    })
  return { storage, server, sent, refused, who, page, waits: () => timers.map(({ ms }) => ms) }
}
const at = (positionMs: number, sequence: number, playId = 'play'): KeptIntent => ({
  kind: 'progress',
  ...{ itemId: 'film', playId, positionMs, durationMs: 100_000, sequence, deviceTime: '2026-01-01T00:00:00.000Z' },
})
const marked = (kind: 'watched' | 'unwatched', sequence: number, itemId = 'film'): KeptIntent => ({
  kind,
  ...{ itemId, sequence, deviceTime: '2026-01-01T00:00:00.000Z' },
})
const numbers = (batches: readonly (readonly KeptIntent[])[]) => batches.map(batch => batch.map(({ sequence }) => sequence))

describe('outbox', () => {
  it('keeps what was done beyond the page, and sends it in order', async () => {
    const { page, sent, server } = stage()
    server.answer = () => 'away'
    const first = page()
    first.keep(marked('watched', 3))
    first.keep(at(50_000, 2))
    await first.flush()
    expect(first.waiting.get()).toBe(2)
    server.answer = intents => intents.map(() => ({ result: 'superseded' }))
    const second = page()
    await second.flush()
    expect(numbers(sent)).toEqual([
      [2, 3],
      [2, 3],
    ])
    expect(second.waiting.get()).toBe(0)
    await second.flush()
    expect(sent).toHaveLength(2)
  })
  it('keeps the last word on each thing, and that a play came to its end', async () => {
    const { page, sent } = stage()
    const outbox = page()
    for (const intent of [
      at(50_000, 1),
      at(95_000, 2),
      at(97_000, 3),
      at(10_000, 4),
      marked('watched', 5),
      marked('unwatched', 6),
      marked('watched', 7, 'other'),
    ])
      outbox.keep(intent)
    outbox.keep(marked('watched', 5))
    await outbox.flush()
    expect(numbers(sent)).toEqual([[2, 4, 6, 7]])
  })
  it('lets go of what was kept, as if it had never been, as long as the server has not heard of it', async () => {
    const { page, sent } = stage()
    const outbox = page()
    outbox.keep(marked('watched', 1))
    const later = outbox.keep(marked('unwatched', 2))
    const other = outbox.keep(marked('watched', 3, 'other'))
    expect([later(), other(), other(), outbox.waiting.get()]).toEqual([true, true, false, 1])
    const replaced = outbox.keep(marked('unwatched', 4))
    const last = outbox.keep(marked('watched', 5))
    expect(replaced()).toBe(false)
    await outbox.flush()
    expect(numbers(sent)).toEqual([[5]])
    expect(last()).toBe(false)
  })
  it('is each person’s own', async () => {
    const { page, sent, who } = stage()
    const outbox = page()
    outbox.keep(at(50_000, 1))
    who.id = 'grace'
    outbox.look()
    expect(outbox.waiting.get()).toBe(0)
    await outbox.flush()
    who.id = null
    outbox.keep(at(60_000, 2))
    await outbox.flush()
    expect(sent).toEqual([])
    who.id = 'ada'
    await outbox.flush()
    expect(numbers(sent)).toEqual([[1]])
  })
  it('need not send what arrived another way', async () => {
    const { page, sent } = stage()
    const outbox = page()
    outbox.keep(at(50_000, 1))
    outbox.arrived('play', 1)
    expect(outbox.waiting.get()).toBe(0)
    outbox.keep(at(95_000, 2))
    outbox.arrived('play', 3)
    await outbox.flush()
    expect(numbers(sent)).toEqual([[2]])
  })
  it('tries again by itself, ever less often', async () => {
    const { page, server, waits } = stage()
    server.answer = () => 'away'
    const outbox = page()
    outbox.keep(at(50_000, 1))
    expect(waits()).toEqual([5_000])
    for (const ms of [15_000, 60_000, 60_000]) {
      await outbox.flush()
      expect(waits()).toEqual([ms])
    }
  })
  it('drops what the server will never take, and says so; one bad intent does not hold up the rest', async () => {
    const { page, server, sent, refused } = stage()
    server.answer = intents =>
      intents.some(({ itemId }) => itemId === 'bad')
        ? 'malformed'
        : intents.map(({ itemId }) => ({ result: itemId === 'hidden' ? 'refused' : 'taken' }))
    const outbox = page()
    for (const [index, item] of ['film', 'hidden', 'bad', 'other'].entries()) outbox.keep(marked('watched', index, item))
    await outbox.flush()
    expect(refused.map(({ itemId }) => itemId)).toEqual(['hidden', 'bad'])
    expect(numbers(sent)).toEqual([[0, 1, 2, 3], [0, 1], [2, 3], [2], [3]])
    expect(outbox.waiting.get()).toBe(0)
  })
  it('keeps what was said while it was sending', async () => {
    const { page, server, sent } = stage()
    const outbox = page()
    server.answer = intents => {
      if (sent.length === 1) outbox.keep(at(60_000, 2))
      return intents.map(() => ({ result: 'taken' }))
    }
    outbox.keep(at(50_000, 1))
    await outbox.flush()
    expect(numbers(sent)).toEqual([[1], [2]])
  })
  it('is bounded, and does without storage that is full', () => {
    const { page, storage } = stage()
    const outbox = page()
    for (let sequence = 0; sequence < 520; sequence++) outbox.keep(marked('watched', sequence, `film ${sequence}`))
    expect(outbox.waiting.get()).toBe(500)
    expect(storage.getItem('outbox:ada:mark:film 19')).toBeNull()
    storage.setItem = () => {
      throw new Error('full')
    }
    outbox.keep(at(50_000, 999))
    expect(outbox.waiting.get()).toBe(500)
  })
})
