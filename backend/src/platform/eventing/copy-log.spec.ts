import { describe } from 'vitest'
import { MemoryEventStore } from '../../adapters/event-store/memory/memory-event-store.js'
import { copyContract } from './copy-log.contract.js'

describe('a copy of a log, in memory', () => {
  copyContract(() => Promise.resolve({ source: new MemoryEventStore(), target: new MemoryEventStore() }))
})
