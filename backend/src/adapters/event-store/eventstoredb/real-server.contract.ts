import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, it } from 'vitest'
import { eventStoreContract } from '../../../platform/eventing/event-store.contract.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'

/**
 * Runs the contract against the real server that `EVENT_STORE_TEST_URL` names, by the client of a scheme. With a command in
 * `EVENT_STORE_TEST_RESTART` that stops and starts that server, its log kept, also across a restart.
 */
export function realServerContract(scheme: 'esdb' | 'kurrentdb'): void {
  const { EVENT_STORE_TEST_URL: url, EVENT_STORE_TEST_RESTART: command } = process.env
  if (url) {
    const open = (): Promise<EventStoreDbEventStore> => EventStoreDbEventStore.open(url.replace(/^(esdb|kurrentdb)/, scheme))
    eventStoreContract(`${scheme}://`, open, { another: open, ...(command && { restart: async () => void (await promisify(exec)(command)) }) })
  } else
    describe(`event store: ${scheme}://`, () => {
      it.skip('not run: set EVENT_STORE_TEST_URL to the address of a real server, such as esdb://127.0.0.1:2113?tls=false', () => {})
    })
}
