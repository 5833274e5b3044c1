import { randomUUID } from 'node:crypto'
import { eventTypes } from '@projectionist/shared/events/all'
import { LibraryAdded, LibraryRemoved, LibraryRenamed } from '@projectionist/shared/events/library'
import pg from 'pg'
import pino from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { freshDatabase } from '../../../../test/postgres.js'
import { MemoryEventStore } from '../../../adapters/event-store/memory/memory-event-store.js'
import { Listener } from '../../sql/listener.js'
import { Sql } from '../../sql/sql.js'
import { EventCatalog } from '../event-catalog.js'
import type { RecordedEvent } from '../event-store.js'
import type { EventOf } from '@projectionist/shared/events/event'
import { derive, fold, projection, subjectOf, sweep, table, type Projection } from '../projection.js'
import { Announcer, type Change } from './announcer.js'
import { request, requestOf } from './projection-status.js'
import { Projector } from './projector.js'

const libraries = table('libraries', { id: 'uuid', name: 'text', renamed: 'int' }, { key: ['id'], indexes: ['(name)'] })
const words = table('words', { word: 'text', id: 'uuid' }, { key: ['word', 'id'] })

const named = (version: number, shout = false): Projection =>
  projection({
    name: 'named',
    version,
    tables: [libraries, words],
    when: [
      fold(LibraryAdded, libraries, event => [subjectOf(event)], (_, event) => ({ id: subjectOf(event), name: event.data.name, renamed: 0 })),
      fold(LibraryRenamed, libraries, event => [subjectOf(event)], (row, { data }) => {
        if (data.name === 'poison') throw new Error('that is poison')
        return row && { ...row, name: shout ? data.name.toUpperCase() : data.name, renamed: row.renamed + 1 }
      }),
      sweep(LibraryRemoved, libraries, 'id', subjectOf),
    ],
    derived: [derive(libraries, words, row => row.name.split(' ').map(word => ({ word, id: row.id })))],
    views: { named: 'select * from {schema}.libraries', named_words: 'select * from {schema}.words' },
    announces: { topic: 'libraries', subject: event => ({ itemId: subjectOf(event) }) },
  })

const ids = { a: '0a0a0a0a-0000-4000-8000-00000000000a', b: '0a0a0a0a-0000-4000-8000-00000000000b' }
const closing: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function database(): Promise<{ sql: Sql; url: string }> {
  const { url, drop } = await freshDatabase()
  const pool = new pg.Pool({ connectionString: url, max: 5 })
  pool.on('error', () => {})
  closing.push(drop, () => pool.end())
  const sql = new Sql(pool)
  await sql.query('create schema live; create table live.leases (name text primary key, owner text not null, until timestamptz not null)')
  return { sql, url }
}

async function prepared(place: { sql: Sql; url: string }, store: MemoryEventStore, ...projections: Projection[]) {
  const name = randomUUID()
  const listener = new Listener({ connectionString: place.url })
  const announcer = new Announcer(place.sql, listener, name)
  const parts = { sql: place.sql, store, catalog: new EventCatalog(eventTypes), announcer, log: pino({ level: 'silent' }) }
  const projector = new Projector(projections, parts, name)
  await projector.prepare()
  const stop = async () => {
    await projector.stop()
    announcer.close()
    await listener.close()
  }
  closing.push(stop)
  return { announcer, projector, stop }
}

async function node(...given: Parameters<typeof prepared>) {
  const made = await prepared(...given)
  made.projector.start()
  return made
}

async function append(store: MemoryEventStore, id: string, ...events: EventOf[]): Promise<number> {
  const revision = (await store.read(`library-${id}`)).at(-1)?.revision
  const meta = { version: 1, commandId: randomUUID(), correlationId: randomUUID(), causationId: randomUUID(), actor: { kind: 'process', name: 't' } as const, reason: 't', time: '2026-01-01T00:00:00.000Z' }
  const result = await store.append({
    streamId: `library-${id}`,
    expected: revision ?? 'no-stream',
    events: events.map(event => ({ ...event, id: randomUUID(), metadata: meta })),
  })
  return result.outcome === 'appended' ? result.position : NaN
}
const added = (name: string) => LibraryAdded({ name, kind: 'films', roots: [] })
const shown = (sql: Sql, view = 'named') => sql.query(`select * from read.${view} order by 1, 2`)

const schemas = async (sql: Sql): Promise<string[]> =>
  (await sql.query<{ nspname: string }>(`select nspname from pg_namespace where nspname like 'named%' order by 1`)).map(({ nspname }) => nspname)

describe('projector', () => {
  it('projects what is there and what comes, with what follows from it, and announces what changed', async () => {
    const place = await database()
    const store = new MemoryEventStore()
    await append(store, ids.a, added('Our films'))
    const { announcer } = await node(place, store, named(1))
    const changes: Change[] = []
    await announcer.waitFor(['named'], await store.head(), 5000)
    announcer.onChange(heard => changes.push(...heard))
    await append(store, ids.b, added('Music'))
    const position = await append(store, ids.a, LibraryRenamed({ name: 'Your films' }))
    expect(await announcer.waitFor(['named'], position, 5000)).toBe(true)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'Your films', renamed: 1 }, { id: ids.b, name: 'Music', renamed: 0 }])
    expect(await shown(place.sql, 'named_words')).toEqual([{ word: 'Music', id: ids.b }, { word: 'Your', id: ids.a }, { word: 'films', id: ids.a }])
    expect(changes).toEqual(expect.arrayContaining([{ topic: 'libraries', itemId: ids.a }]))
    const gone = await append(store, ids.a, LibraryRemoved({}))
    await announcer.waitFor(['named'], gone, 5000)
    expect(await shown(place.sql, 'named_words')).toEqual([{ word: 'Music', id: ids.b }])
  })

  it('goes on where it stopped, and doubles nothing', async () => {
    const place = await database()
    const store = new MemoryEventStore()
    const first = await node(place, store, named(1))
    await append(store, ids.a, added('One'), LibraryRenamed({ name: 'Two' }))
    await first.announcer.waitFor(['named'], await store.head(), 5000)
    await first.stop()
    await append(store, ids.a, LibraryRenamed({ name: 'Three' }))
    const second = await node(place, store, named(1))
    expect(await second.announcer.waitFor(['named'], await store.head(), 5000)).toBe(true)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'Three', renamed: 2 }])
  })

  it('does each event once when two nodes project, and another takes over when one goes', async () => {
    const place = await database()
    const store = new MemoryEventStore()
    const nodes = [await node(place, store, named(1)), await node(place, store, named(1))]
    await append(store, ids.a, added('One'))
    for (let n = 0; n < 20; n++) await append(store, ids.a, LibraryRenamed({ name: `Name ${n}` }))
    const heard = await Promise.all(nodes.map(({ announcer }) => announcer.waitFor(['named'], 21, 10_000)))
    expect(heard).toEqual([true, true])
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'Name 19', renamed: 20 }])
    await nodes[0]!.stop()
    await append(store, ids.a, LibraryRenamed({ name: 'After' }))
    expect(await nodes[1]!.announcer.waitFor(['named'], 22, 20_000)).toBe(true)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'After', renamed: 21 }])
  })

  it('builds a new version beside the old one, and then shows it', async () => {
    const place = await database()
    const store = new MemoryEventStore()
    await append(store, ids.a, added('One'), LibraryRenamed({ name: 'Two' }))
    const old = await node(place, store, named(1))
    await old.announcer.waitFor(['named'], 2, 5000)
    await old.stop()
    await node(place, store, named(2, true))
    // The old rows are shown until the new ones are there; only then they go.
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'Two', renamed: 1 }])
    await vi.waitFor(async () => expect(await schemas(place.sql)).toEqual(['named_v2']), 10_000)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'TWO', renamed: 1 }])
  })

  it('rebuilds beside what serves, which follows on meanwhile, and says nothing of it to browsers', async () => {
    const [place, store] = [await database(), new MemoryEventStore()]
    await append(store, ids.a, added('One'))
    const { announcer, projector } = await node(place, store, named(1))
    await vi.waitFor(() => expect(projector.states[0]!.state.state).toBe('live'), 10_000)
    const [served] = await schemas(place.sql)
    await place.sql.query(`update read.named set name = 'wrong'`)
    const changes: Change[] = []
    announcer.onChange(heard => changes.push(...heard))
    await request(place.sql, 'named', 'rebuild', 'test')
    await append(store, ids.b, added('Two'))
    await vi.waitFor(async () => expect(await requestOf(place.sql, 'named')).toBeUndefined(), 10_000)
    await vi.waitFor(async () => expect(await schemas(place.sql)).toEqual([served === 'named_v1' ? 'named_v1_b' : 'named_v1']), 10_000)
    expect(await announcer.waitFor(['named'], 2, 5000)).toBe(true)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'One', renamed: 0 }, { id: ids.b, name: 'Two', renamed: 0 }])
    expect(changes).toEqual([{ topic: 'libraries', itemId: ids.b }])
    // And again, back into the other schema.
    await request(place.sql, 'named', 'rebuild', 'test')
    await vi.waitFor(async () => expect(await schemas(place.sql)).toEqual([served]), 10_000)
    expect(await shown(place.sql)).toHaveLength(2)
  })

  it('lets one node rebuild what another was asked for, and goes on with a rebuild when its node goes', async () => {
    const [place, store] = [await database(), new MemoryEventStore()]
    await append(store, ids.a, added('One'))
    const first = await node(place, store, named(1))
    await vi.waitFor(() => expect(first.projector.states[0]!.state.state).toBe('live'), 10_000)
    await first.stop()
    const [served] = await schemas(place.sql)
    await request(place.sql, 'named', 'rebuild', 'test')
    await node(place, store, named(1))
    await vi.waitFor(async () => expect(await schemas(place.sql)).toEqual([served === 'named_v1' ? 'named_v1_b' : 'named_v1']), 10_000)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'One', renamed: 0 }])
  })

  it('starts over when the log is another one', async () => {
    const [place, store, other] = [await database(), new MemoryEventStore(), new MemoryEventStore()]
    await append(store, ids.a, added('One'), LibraryRenamed({ name: 'Two' }), LibraryRenamed({ name: 'Three' }))
    const first = await node(place, store, named(1))
    await vi.waitFor(() => expect(first.projector.states[0]!.state).toMatchObject({ state: 'live', position: 3 }), 10_000)
    await first.stop()
    await append(other, ids.b, added('Other'))
    const second = await node(place, other, named(1))
    expect(second.announcer.position('named')).toBe(0)
    expect(await second.announcer.waitFor(['named'], 1, 10_000)).toBe(true)
    expect(await shown(place.sql)).toEqual([{ id: ids.b, name: 'Other', renamed: 0 }])
  })

  it('shows no half of a table: what was there before the views were, or nothing, until all is there', async () => {
    const [place, store] = [await database(), new MemoryEventStore()]
    await append(store, ids.a, added('One'))
    const { projector } = await prepared(place, store, named(1))
    expect(await shown(place.sql)).toEqual([])
    projector.start()
    await vi.waitFor(async () => expect(await shown(place.sql)).toHaveLength(1), 10_000)
    await projector.stop()
    await place.sql.query('drop schema read cascade')
    await prepared(place, store, named(1))
    expect(await shown(place.sql)).toHaveLength(1)
  })

  it('leaves what a newer program shows as long as that one runs, and takes over when it is gone', async () => {
    const [place, store] = [await database(), new MemoryEventStore()]
    await append(store, ids.a, added('One'))
    const newer = await node(place, store, named(2, true))
    await vi.waitFor(() => expect(newer.projector.states[0]!.state.state).toBe('live'), 10_000)
    const older = await node(place, store, named(1))
    await append(store, ids.a, LibraryRenamed({ name: 'Two' }))
    await newer.announcer.waitFor(['named'], 2, 5000)
    expect(older.projector.states[0]!.state.state).toBe('waiting')
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'TWO', renamed: 1 }])
    await newer.stop()
    await vi.waitFor(async () => expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'Two', renamed: 1 }]), 20_000)
  })

  it('goes on at the event where it stood when somebody says so', async () => {
    const [place, store] = [await database(), new MemoryEventStore()]
    let mended = false
    const broken = named(1)
    const when = broken.when.map(handler => ({ ...handler, ...('apply' in handler && { apply: (row: never, event: RecordedEvent, key: never) => {
      if (!mended && (event.data as { name?: string }).name === 'Two') throw new Error('that is poison')
      return handler.apply(row, event, key)
    } }) }))
    await append(store, ids.a, added('One'), LibraryRenamed({ name: 'Two' }))
    const { announcer, projector } = await node(place, store, { ...broken, when } as Projection)
    await vi.waitFor(() => expect(projector.states[0]!.state).toMatchObject({ state: 'faulted', position: 1 }), 10_000)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'One', renamed: 0 }])
    // Told to go on without anything mended, it stands still again and says so.
    await request(place.sql, 'named', 'resume', 'test')
    await vi.waitFor(async () => {
      expect(await requestOf(place.sql, 'named')).toBeUndefined()
      expect(projector.states[0]!.state).toMatchObject({ state: 'faulted', position: 1, fault: { event: { position: 2, type: 'LibraryRenamed' } } })
    }, 10_000)
    mended = true
    await request(place.sql, 'named', 'resume', 'test')
    await vi.waitFor(() => expect(projector.states[0]!.state).toEqual({ state: 'live', position: 2 }), 10_000)
    expect(await announcer.waitFor(['named'], 2, 10_000)).toBe(true)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'Two', renamed: 1 }])
  })

  it('stops at an event it cannot take, keeps all before it, says where, and leaves others alone', async () => {
    const place = await database()
    const store = new MemoryEventStore()
    const calm = { ...named(1), name: 'calm', when: named(1).when.filter(({ type }) => type === 'LibraryAdded'), views: { calm: 'select * from {schema}.libraries' } }
    const { announcer, projector } = await node(place, store, named(1), calm)
    await append(store, ids.a, added('One'), LibraryRenamed({ name: 'Two' }), LibraryRenamed({ name: 'poison' }), LibraryRenamed({ name: 'Three' }))
    await append(store, ids.b, added('Music'))
    expect(await announcer.waitFor(['calm'], 5, 5000)).toBe(true)
    expect(await announcer.waitFor(['named'], 5, 20_000)).toBe(false)
    const [event] = (await store.read(`library-${ids.a}`)).filter(({ revision }) => revision === 2)
    expect(projector.states).toEqual([
      {
        name: 'named',
        version: 1,
        state: {
          state: 'faulted',
          position: 2,
          fault: { error: 'Error: that is poison', event: { id: event!.id, type: 'LibraryRenamed', streamId: `library-${ids.a}`, position: 3 } },
        },
      },
      { name: 'calm', version: 1, state: { state: 'live', position: 5 } },
    ])
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'Two', renamed: 1 }])
    expect(await shown(place.sql, 'calm')).toHaveLength(2)
  })

  it('goes on by itself after a full disk', async () => {
    const [place, store] = [await database(), new MemoryEventStore()]
    const full = named(1)
    let tries = 0
    const when = full.when.map(handler => ({ ...handler, ...('apply' in handler && { apply: (...given: never[]) => {
      if (++tries < 3) throw Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' })
      return (handler.apply as (...given: never[]) => never)(...given)
    } }) }))
    const { announcer, projector } = await node(place, store, { ...full, when } as Projection)
    await append(store, ids.a, added('One'))
    expect(await announcer.waitFor(['named'], 1, 20_000)).toBe(true)
    expect(tries).toBe(3)
    expect(projector.states).toEqual([{ name: 'named', version: 1, state: { state: 'live', position: 1 } }])
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'One', renamed: 0 }])
  })

  it('takes an event with a character PostgreSQL keeps in no text', async () => {
    const [place, store] = [await database(), new MemoryEventStore()]
    const { announcer } = await node(place, store, named(1))
    await append(store, ids.a, added('On\0e'))
    expect(await announcer.waitFor(['named'], 1, 20_000)).toBe(true)
    expect(await shown(place.sql)).toEqual([{ id: ids.a, name: 'On\uFFFDe', renamed: 0 }])
  })
})
