import type { ItemSummary } from '@projectionist/shared/api/items'
import { expect, it } from 'vitest'
import { keepMusic, keptMusic } from './kept-queue.js'
import { emptyQueue, startQueue } from './queue.js'

function drawer(initial: string | null = null) {
  let text = initial
  return { getItem: () => text, setItem: (_: string, value: string) => void (text = value), removeItem: () => void (text = null) }
}
const queue = startQueue(emptyQueue, [{ id: 'a', parents: [] } as unknown as ItemSummary], 0, 'q', Math.random)

it('comes back as it was', () => {
  const storage = drawer()
  keepMusic(storage, { queue, positionMs: 1234 })
  expect(keptMusic(storage)).toEqual({ queue, positionMs: 1234 })
  keepMusic(storage, { queue: emptyQueue, positionMs: 0 })
  expect(storage.getItem()).toBeNull()
})

it.each([null, 'nonsense', '{"queue":{"entries":7}}', '{"queue":{"entries":[],"current":0}}', '[]'])(
  'takes %s for nothing',
  text => expect(keptMusic(drawer(text))).toEqual({ queue: emptyQueue, positionMs: 0 }),
)

it('does without when storage is full', () => {
  const full = {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
    removeItem: () => {},
  }
  expect(() => keepMusic(full, { queue, positionMs: 0 })).not.toThrow()
})
