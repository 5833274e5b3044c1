import { eventTypes } from '@projectionist/shared/events/all'
import { UserErased } from '@projectionist/shared/events/user'
import type { HistoryStory } from '@projectionist/shared/api/history'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { fold, foldMany, projection, sweep, table, type Key, type RowOf, type Table } from '../../platform/eventing/projection.js'
import { aboutOf, isId, NOBODY, type About } from './about.js'
import { namesIn, textsIn, type Name } from './said.js'
import { tell } from './story.js'
import { wordsOf } from './words.js'

/** One row for each event: enough to find it by; what it says is read from the log. */
const history = table(
  'history',
  {
    position: 'bigint',
    event_id: 'uuid',
    command_id: 'uuid',
    stream_id: 'text',
    revision: 'int',
    type: 'text',
    at: 'timestamptz',
    actor_kind: 'text',
    actor_user: 'uuid?',
    actor_name: 'text?',
    actor_device: 'text?',
    reason: 'text',
    correlation_id: 'uuid',
    causation_id: 'uuid',
    category: 'text',
    subject: 'text',
    group_id: 'uuid',
    /** The person whose own stream it is; `NOBODY` for all others. */
    owner: 'uuid',
    item_id: 'uuid?',
    library_id: 'uuid?',
  },
  {
    key: ['position'],
    indexes: [
      '(group_id, position)',
      '(event_id)',
      '(causation_id, position)',
      '(at, position)',
      '(type, position)',
      '(item_id, position) where item_id is not null',
      `(owner, position) where owner <> '${NOBODY}'`,
      '(actor_user, position) where actor_user is not null',
      '(actor_name, position) where actor_name is not null',
      '(actor_device, position) where actor_device is not null',
      '(library_id, position) where library_id is not null',
      `(subject, position) where category not in ('item', 'playback')`,
    ],
  },
)

/** What one cause brought about, a line each; what concerns persons' own streams is a line for each of them. */
const groups = table(
  'groups',
  {
    group_id: 'uuid',
    owner: 'uuid',
    /** Of its first event, which never moves: the order of lines. */
    position: 'bigint',
    at: 'timestamptz',
    last_position: 'bigint',
    last_at: 'timestamptz',
    entries: 'int',
    /** How many of which kind. */
    counts: 'json',
    story: 'json',
    /** Nothing but its first event's subject is in it. */
    alone: 'boolean',
    first_stream: 'text',
    /** What its first event says, and in which version of its kind. */
    first_data: 'json',
    first_version: 'int',
  },
  { key: ['group_id', 'owner'], indexes: ['(position)', `(owner, position) where owner <> '${NOBODY}'`] },
)

/** Which lines touch what: items, people, libraries, devices, kinds of events, processes, reasons. */
const marks = table(
  'marks',
  { group_id: 'uuid', owner: 'uuid', mark: 'uuid', position: 'bigint', at: 'timestamptz' },
  { key: ['group_id', 'owner', 'mark'], indexes: ['(mark, position)', `(owner) where owner <> '${NOBODY}'`] },
)

/** Words that items, libraries and people were ever called by. Devices, reasons and parts of the server are few: they go by `names`. */
const words = table(
  'words',
  { mark: 'uuid', word: 'text', owner: 'uuid' },
  { key: ['mark', 'word'], indexes: ['(word text_pattern_ops, mark)', `(owner) where owner <> '${NOBODY}'`] },
)

/** What things are called by the last event that named them; stays when they go. */
const names = table(
  'names',
  { id: 'uuid', kind: 'text', name: 'text', key: 'text?', owner: 'uuid' },
  { key: ['id'], indexes: [`(kind, name) where kind in ('device', 'process', 'reason')`, `(owner) where owner <> '${NOBODY}'`] },
)

interface Reading {
  readonly about: About
  readonly names: ReadonlyMap<string, Name>
  /** Words of what the event is about, by its mark. */
  readonly words: readonly (readonly [mark: string, word: string])[]
}

/** Every table asks for it; an event is told apart by being the same object. */
const readings = new WeakMap<RecordedEvent, Reading>()
function read(event: RecordedEvent): Reading {
  let known = readings.get(event)
  if (!known) readings.set(event, (known = reading(event)))
  return known
}

function reading(event: RecordedEvent): Reading {
  const about = aboutOf(event)
  const names = namesIn(event, about)
  const mark = about.category === 'playback' ? (about.itemId ?? '') : about.subject
  const words = isId(mark) ? wordsOf(textsIn(event, about).join(' ')).map(word => [mark, word] as const) : []
  return { about, names: new Map(names.map(name => [name.id, name])), words }
}

const groupKey = (event: RecordedEvent): Key => [read(event).about.groupId, read(event).about.owner]

export const historyProjection = projection({
  name: 'history',
  version: 2,
  tables: [history, groups, marks, words, names],
  when: [
    ...[...eventTypes.values()].flatMap(type => [
      fold(type, history, event => [event.position], (_, event) => rowOf(event)),
      fold(type, groups, groupKey, (row, event) => grown(row, event)),
      foldMany(type, marks, event => read(event).about.marks.map(mark => [...groupKey(event), mark]), (row, event, [, , mark]) => {
        const { groupId, owner } = read(event).about
        return row ?? { group_id: groupId, owner, mark: String(mark), position: event.position, at: event.metadata.time }
      }),
      foldMany(type, words, event => read(event).words, (row, event, [mark, word]) =>
        row ?? { mark: String(mark), word: String(word), owner: read(event).about.owner }),
      foldMany(type, names, event => [...read(event).names.keys()].map(id => [id]), (_, event, [id]) => {
        const { names, about } = read(event)
        const { kind, name, key } = names.get(String(id))!
        return { id: String(id), kind, name, key: key ?? null, owner: kind === 'reason' || kind === 'process' ? NOBODY : about.owner }
      }),
    ]),
    // What was theirs alone goes; what they did to the library stays, by somebody who is gone.
    ...[history, groups, marks, words, names].map(table =>
      sweep(UserErased, table as unknown as Table<{ owner: 'uuid' }>, 'owner', ({ data }) => data.userId),
    ),
  ],
  views: {
    history: 'select * from {schema}.history',
    history_groups: 'select * from {schema}.groups',
    history_marks: 'select * from {schema}.marks',
    history_words: 'select * from {schema}.words',
    history_names: 'select * from {schema}.names',
  },
  announces: { topic: 'history' },
})

function rowOf(event: RecordedEvent): RowOf<typeof history> {
  const { actor, reason, commandId, correlationId, causationId, time } = event.metadata
  const { category, subject, groupId, owner, itemId, libraryId } = read(event).about
  return {
    position: event.position,
    event_id: event.id,
    command_id: commandId,
    stream_id: event.streamId,
    revision: event.revision,
    type: event.type,
    at: time,
    actor_kind: actor.kind,
    actor_user: actor.kind === 'user' ? actor.userId : null,
    actor_name: actor.kind === 'process' ? actor.name : null,
    actor_device: actor.kind === 'user' ? (actor.deviceId ?? null) : null,
    reason,
    correlation_id: correlationId,
    causation_id: causationId,
    category,
    subject,
    group_id: groupId,
    owner,
    item_id: itemId,
    library_id: libraryId,
  }
}

function grown(row: RowOf<typeof groups> | undefined, event: RecordedEvent): RowOf<typeof groups> {
  const { groupId, owner } = read(event).about
  const { position, streamId, type, metadata: { time } } = event
  const counts = (row?.counts ?? {}) as Readonly<Record<string, number>>
  return {
    group_id: groupId,
    owner,
    position: row?.position ?? position,
    at: row?.at ?? time,
    last_position: position,
    last_at: time,
    entries: (row?.entries ?? 0) + 1,
    counts: { ...counts, [type]: (counts[type] ?? 0) + 1 },
    story: tell((row?.story ?? {}) as HistoryStory, event),
    alone: (row?.alone ?? true) && (row?.first_stream ?? streamId) === streamId,
    first_stream: row?.first_stream ?? streamId,
    first_data: row ? row.first_data : event.data,
    first_version: row?.first_version ?? event.metadata.version,
  }
}
