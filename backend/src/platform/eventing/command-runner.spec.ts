import { randomUUID } from 'node:crypto'
import { eventTypes } from '@projectionist/shared/events/all'
import { LibraryRenamed, type LibraryEvent } from '@projectionist/shared/events/library'
import { describe, expect, it } from 'vitest'
import { MemoryEventStore } from '../../adapters/event-store/memory/memory-event-store.js'
import { CommandRunner } from './command-runner.js'
import { Command, DomainError, type Attribution, type Decider } from './decider.js'
import { EventCatalog } from './event-catalog.js'
import { StoreUnavailable, type Append, type EventStore } from './event-store.js'

class Name extends Command<'Name', { id: string; name: string }> {
  readonly type = 'Name'
}
/** Takes every new name, at most five; refuses an empty one. */
const names: Decider<readonly string[], Name, LibraryEvent> = {
  category: 'library',
  streamId: ({ data }) => `library-${data.id}`,
  initial: [],
  decide({ data: { name } }, known) {
    if (name === '') throw new DomainError('invalid-request')
    return known.includes(name) ? [] : [LibraryRenamed({ name })]
  },
  evolve: (known, event) => (event.type === 'LibraryRenamed' ? [...known, event.data.name] : known),
}
const decider = names
const by = (): Attribution => {
  const commandId = randomUUID()
  return { commandId, actor: { kind: 'process', name: 'test' }, reason: 'to see', correlationId: commandId, causationId: commandId }
}
const name = (id: string, text: string) => new Name({ id, name: text }, by())
const runner = (store: EventStore) => new CommandRunner(store, new EventCatalog(eventTypes), () => new Date('2026-02-03T04:05:06.789Z'))
const namesIn = async (store: EventStore, id: string) => (await store.read(`library-${id}`)).map(event => (event.data as { name: string }).name)

describe('command runner', () => {
  it('records what was decided, with who, why and when', async () => {
    const store = new MemoryEventStore()
    const command = name('a', 'One')
    const outcome = await runner(store).run(decider, command)
    expect(outcome).toEqual({ streamId: 'library-a', position: 1, events: [LibraryRenamed({ name: 'One' })] })
    const [event] = await store.read('library-a')
    expect(event!.metadata).toEqual({ ...command.by, version: 1, time: '2026-02-03T04:05:06.789Z' })
  })
  it('does a command once, however often it comes', async () => {
    const store = new MemoryEventStore()
    const command = name('a', 'One')
    const first = await runner(store).run(decider, command)
    await runner(store).run(decider, name('a', 'Two'))
    expect(await runner(store).run(decider, command)).toEqual(first)
    expect(await namesIn(store, 'a')).toEqual(['One', 'Two'])
  })
  it('appends nothing where nothing is to be done', async () => {
    const store = new MemoryEventStore()
    await runner(store).run(decider, name('a', 'One'))
    expect(await runner(store).run(decider, name('a', 'One'))).toEqual({ streamId: 'library-a', position: 1, events: [] })
  })
  it('lets rivals through one after the other', async () => {
    const store = new MemoryEventStore()
    await Promise.all(['One', 'Two', 'Three', 'Four'].map(text => runner(store).run(decider, name('a', text))))
    expect((await namesIn(store, 'a')).toSorted()).toEqual(['Four', 'One', 'Three', 'Two'])
  })
  it('asks again with the same ids when the answer to an append was lost', async () => {
    const store = new MemoryEventStore()
    let lost = false
    const append = store.append.bind(store)
    store.append = async (given: Append) => {
      const result = await append(given)
      if (lost) return result
      lost = true
      throw new StoreUnavailable('gone for a moment')
    }
    await runner(store).run(decider, name('a', 'One'))
    expect(await namesIn(store, 'a')).toEqual(['One'])
  })
  it('refuses events that do not fit their schema', async () => {
    const broken = { ...names, decide: () => [{ type: 'LibraryRenamed', data: { name: 7 } }] } as unknown as typeof names
    await expect(runner(new MemoryEventStore()).run(broken, name('a', 'One'))).rejects.toThrow(/LibraryRenamed does not fit/)
  })
  it('runs many at once: those of one stream in order, each with its own result', async () => {
    const store = new MemoryEventStore()
    const commands = [name('a', 'One'), name('b', 'One'), name('a', 'Two'), name('a', ''), name('b', 'One'), name('a', 'Three')]
    const results = await runner(store).runMany(decider, commands)
    expect(await namesIn(store, 'a')).toEqual(['One', 'Two', 'Three'])
    expect(await namesIn(store, 'b')).toEqual(['One'])
    expect(results[3]).toBeInstanceOf(DomainError)
    expect(results.map(result => (result instanceof DomainError ? result.code : result.events.length))).toEqual([1, 1, 1, 'invalid-request', 0, 1])
    expect(await runner(store).runMany(decider, commands.toSpliced(3, 1))).toMatchObject([{ position: 1 }, { position: 2 }, { position: 3 }, {}, { position: 4 }])
  })
  it('starts a stream without reading it, and reads it when it was there after all', async () => {
    const store = new MemoryEventStore()
    const eager = { ...names, starts: () => true } as unknown as typeof names
    await runner(store).run(eager, name('a', 'One'))
    await runner(store).run(eager, name('a', 'Two'))
    await runner(store).runMany(eager, [name('a', 'Three'), name('c', 'One')])
    expect(await namesIn(store, 'a')).toEqual(['One', 'Two', 'Three'])
  })
  it('does not write to a stream that was deleted', async () => {
    const store = new MemoryEventStore()
    await store.delete('library-a')
    await expect(runner(store).run(decider, name('a', 'One'))).rejects.toMatchObject({ code: 'not-found' })
  })
})
