import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, describe, it } from 'vitest'
import { copyContract } from '../../../platform/eventing/copy-log.contract.js'
import { eventStoreContract } from '../../../platform/eventing/event-store.contract.js'
import type { EventStore, ReadAllOptions } from '../../../platform/eventing/event-store.js'
import { MemoryEventStore } from '../memory/memory-event-store.js'
import { loadDriver } from './client.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'

/**
 * Runs the contracts against the real server that `EVENT_STORE_TEST_URL` names, by the client of a scheme. With a command in
 * `EVENT_STORE_TEST_RESTART` that stops and starts that server, its log kept, also across a restart.
 */
export function realServerContract(scheme: 'esdb' | 'kurrentdb'): void {
  const { EVENT_STORE_TEST_URL: url, EVENT_STORE_TEST_RESTART: command } = process.env
  if (!url) {
    console.warn(`${scheme}:// was not tried: EVENT_STORE_TEST_URL names no real server, such as esdb://127.0.0.1:2113?tls=false`)
    describe.skipIf(!url)(`event store: ${scheme}://`, () => {
      it('not tried: EVENT_STORE_TEST_URL names no real server', () => {})
    })
    return
  }
  const open = async (): Promise<EventStoreDbEventStore> =>
    EventStoreDbEventStore.open(await loadDriver(url.replace(/^(esdb|kurrentdb)/, scheme)))
  eventStoreContract(`${scheme}://`, open, {
    another: open,
    ...(command && { restart: async () => void (await promisify(exec)(command)) }),
  })

  const opened: EventStore[] = []
  const fresh = async (): Promise<EventStore> => {
    const store = await open()
    opened.push(store)
    return fromNowOn(store)
  }
  afterAll(() => Promise.all(opened.map(store => store.close())))
  describe(`a copy of a log, from ${scheme}://`, () => {
    copyContract(async () => ({ source: await fresh(), target: new MemoryEventStore() }))
  })
  describe(`a copy of a log, to ${scheme}://`, () => {
    copyContract(async () => ({ source: new MemoryEventStore(), target: await fresh() }))
  })
}

/** A log as if it began now, so that tests can share a server. */
async function fromNowOn(store: EventStore): Promise<EventStore> {
  const start = await store.head()
  const before = new Set(await store.deletedStreams())
  const own: Partial<EventStore> = {
    readAll: (options: ReadAllOptions = {}) => store.readAll({ ...options, from: Math.max(options.from ?? 0, start) }),
    deletedStreams: async () => (await store.deletedStreams()).filter(streamId => !before.has(streamId)),
  }
  return new Proxy(store, {
    get(_, name: keyof EventStore) {
      const member = store[name] as ((...args: unknown[]) => unknown) | undefined
      return own[name] ?? member?.bind(store)
    },
  })
}
