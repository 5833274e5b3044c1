import { eventStoreContract } from '../../../platform/eventing/event-store.contract.js'
import { MemoryEventStore } from './memory-event-store.js'

eventStoreContract('memory', () => Promise.resolve(new MemoryEventStore()))
