import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { copyLog, CopyRefused, type CopyProgress } from './copy-log.js'
import { StoreUnavailable, type Append, type EventStore, type NewEvent, type RecordedEvent } from './event-store.js'

const newEvent = (): NewEvent => ({
  id: randomUUID(),
  type: 'PlaybackProgressed',
  data: { positionMs: 1, title: 'ünï/\u2028 😀', nested: [{ deep: null }] },
  metadata: {
    version: 1,
    commandId: randomUUID(),
    correlationId: randomUUID(),
    causationId: randomUUID(),
    actor: { kind: 'process', name: 'copy' },
    reason: 'copy',
    time: '2026-01-02T03:04:05.678Z',
  },
})
const append = (streamId: string, expected: Append['expected'], count = 1): Append => ({
  streamId,
  expected,
  events: Array.from({ length: count }, newEvent),
})

const all = async (store: EventStore): Promise<Omit<RecordedEvent, 'position'>[]> => {
  const events: Omit<RecordedEvent, 'position'>[] = []
  for await (const batch of store.readAll()) events.push(...batch.events.map(({ position: _, ...event }) => event))
  return events
}

/** Streams of one event, a long one, two that take turns, and one that is deleted. */
async function fill(store: EventStore): Promise<{ gone: string }> {
  const [long, one, other, gone] = [1, 2, 3, 4].map(() => `copy-${randomUUID()}`) as [string, string, string, string]
  await store.appendMany(Array.from({ length: 50 }, () => append(`copy-${randomUUID()}`, 'no-stream')))
  await store.append(append(gone, 'no-stream', 3))
  await store.append(append(long, 'no-stream', 250))
  for (let turn = 0; turn < 10; turn++) {
    await store.append(append(one, turn === 0 ? 'no-stream' : 2 * turn - 1, 2))
    await store.append(append(other, turn === 0 ? 'no-stream' : turn - 1))
  }
  await store.delete(gone)
  return { gone }
}

/** What a copy promises, from one store to another. Both are empty, and only this writes to them. */
export function copyContract(open: () => Promise<{ source: EventStore; target: EventStore }>): void {
  it('copies a log whole and in order, deletions among it, and has nothing to do the second time', async () => {
    const { source, target } = await open()
    const { gone } = await fill(source)
    const events = await all(source)
    const phases = new Set<CopyProgress['phase']>()
    const copied = await copyLog(source, target, { report: ({ phase }) => phases.add(phase) })
    expect(copied).toEqual({
      events: 330,
      copied: 330,
      deletedStreams: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(await all(target)).toEqual(events)
    expect(await target.append(append(gone, 'no-stream'))).toEqual({ outcome: 'deleted' })
    expect([...phases]).toEqual(['copying', 'verifying'])
    expect(await copyLog(source, target)).toEqual({ ...copied, copied: 0 })
  })

  it('goes on where an interrupted copy stopped, and takes along what has changed since', async () => {
    const { source, target } = await open()
    await fill(source)
    const stop = new AbortController()
    await expect(
      copyLog(
        source,
        interrupted(target, 3, () => stop.abort()),
        { signal: stop.signal },
      ),
    ).rejects.toThrow(/abort/i)
    const begun = (await all(target)).length
    const later = append(`copy-${randomUUID()}`, 'no-stream', 2)
    await source.append(later)
    const [first] = await all(target)
    await source.delete(first!.streamId)
    const copied = await copyLog(source, target)
    expect(copied).toMatchObject({ events: 331, copied: 332 - begun, deletedStreams: 2 })
    expect(await all(target)).toEqual(await all(source))
  })

  it('refuses a target with other events, and one that another writes to', async () => {
    const { source, target } = await open()
    await fill(source)
    const other = append(`copy-${randomUUID()}`, 'no-stream')
    await target.append(other)
    await expect(copyLog(source, target)).rejects.toThrow(
      `The target has other events: number 1 is PlaybackProgressed in ${other.streamId}`,
    )
    await expect(copyLog(source, source)).rejects.toThrow('Both addresses are the same log.')
    await target.delete(other.streamId)
    const taken = (await all(source)).at(-1)!
    const meddled = interrupted(target, 2, () => target.append(append(taken.streamId, 'no-stream')))
    await expect(copyLog(source, meddled)).rejects.toThrow(CopyRefused)
  })
}

/** A target at which something happens at a call of `appendMany`, and which loses its connection at the one before. */
function interrupted(target: EventStore, at: number, happens: () => unknown): EventStore {
  let calls = 0
  return new Proxy(target, {
    get: (store, name: keyof EventStore) => {
      if (name !== 'appendMany') return (store[name] as (...args: unknown[]) => unknown).bind(store)
      return async (appends: readonly Append[]) => {
        calls++
        if (calls === at) await happens()
        const results = await store.appendMany(appends)
        if (calls === at - 1) throw new StoreUnavailable('the answer got lost')
        return results
      }
    },
  })
}
