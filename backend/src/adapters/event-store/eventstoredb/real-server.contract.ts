import { describe, it } from 'vitest'
import { eventStoreContract } from '../../../platform/eventing/event-store.contract.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'

/** Runs the contract against the real server that `EVENT_STORE_TEST_URL` names, by the client of a scheme. */
export function realServerContract(scheme: 'esdb' | 'kurrentdb'): void {
  const { EVENT_STORE_TEST_URL: url } = process.env
  if (url) eventStoreContract(`${scheme}://`, () => EventStoreDbEventStore.open(url.replace(/^(esdb|kurrentdb)/, scheme)))
  else
    describe(`event store: ${scheme}://`, () => {
      it.skip('not run: set EVENT_STORE_TEST_URL to the address of a real server, such as esdb://127.0.0.1:2113?tls=false', () => {})
    })
}
