import { eventTypes } from '@projectionist/shared/events/all'
import { UserErased } from '@projectionist/shared/events/user'
import type { HistoryStory } from '@projectionist/shared/api/history'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { derive, fold, foldMany, insert, projection, sweep, table, type Key, type RowOf, type Table } from '../../platform/eventing/projection.js'
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
    revision: 'int',
    type: 'text',
    at: 'timestamptz',
    actor_kind: 'text',
    actor_user: 'uuid?',
    actor_name: 'text?',
    actor_device: 'text?',
    reason: 'text',
    /** Where it is not the line. */
    correlation: 'uuid?',
    /** Where it is not the command itself. */
    cause_id: 'uuid?',
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
      '(cause_id, position) where cause_id is not null',
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
    /** What it touches besides items, each with its first event that does: people, libraries, devices, kinds of events, processes, reasons. */
    marks: 'json',
  },
  { key: ['group_id', 'owner'], indexes: ['(position)', `(owner, position) where owner <> '${NOBODY}'`] },
)

/** Which lines have a mark: it follows from the lines. An event is in one line, so mark and position make a row. */
const marks = table('marks', { mark: 'uuid', position: 'bigint', group_id: 'uuid', owner: 'uuid' }, { key: ['mark', 'position'] })

/** Which lines touch an item: there may be as many as files in a scan. */
const touches = table(
  'touches',
  { group_id: 'uuid', owner: 'uuid', item_id: 'uuid', position: 'bigint' },
  { key: ['group_id', 'owner', 'item_id'], indexes: ['(item_id, position)'] },
)

/** All words that an item, a library or a person was ever called by, in whose streams. Devices, reasons and parts of the server are few: they go by `names`. */
const callings = table('callings', { mark: 'uuid', owner: 'uuid', words: 'json' }, { key: ['mark', 'owner'] })

/** A row for each of these words. */
const words = table('words', { mark: 'uuid', word: 'text', owner: 'uuid' }, { key: ['mark', 'word', 'owner'], indexes: ['(word text_pattern_ops, mark)'] })

/** What things are called by the last event that named them; stays when they go. */
const names = table(
  'names',
  { id: 'uuid', kind: 'text', name: 'text', key: 'text?', owner: 'uuid' },
  { key: ['id'], indexes: [`(kind, name) where kind in ('device', 'process', 'reason')`] },
)

interface Reading {
  readonly about: About
  readonly names: readonly Name[]
  /** What the event is about, and words it is called by. */
  readonly mark: string
  readonly words: readonly string[]
}

/** Every table asks for it, twice: when rows are looked up, and when they are folded. */
const readings = new Map<RecordedEvent, Reading>()
const MOST_READINGS = 4000

function read(event: RecordedEvent): Reading {
  let known = readings.get(event)
  if (!known) {
    if (readings.size >= MOST_READINGS) readings.clear()
    readings.set(event, (known = reading(event)))
  }
  return known
}

function reading(event: RecordedEvent): Reading {
  const about = aboutOf(event)
  const names = namesIn(event, about)
  const mark = about.category === 'playback' ? (about.itemId ?? '') : about.subject
  return { about, names, mark, words: isId(mark) ? wordsOf(textsIn(event, about).join(' ')) : [] }
}

const groupKey = ({ groupId, owner }: About): Key => [groupId, owner]

export const historyProjection = projection({
  name: 'history',
  version: 3,
  tables: [history, groups, marks, touches, callings, words, names],
  when: [
    ...[...eventTypes.values()].flatMap(type => [
      insert(type, history, rowOf),
      fold(type, groups, event => groupKey(read(event).about), grown),
      fold(type, touches, event => {
        const { about } = read(event)
        return about.itemId !== null && isId(about.itemId) ? [...groupKey(about), about.itemId] : undefined
      }, (row, { position }, [groupId, owner, itemId]) =>
        row ?? { group_id: String(groupId), owner: String(owner), item_id: String(itemId), position }),
      fold(type, callings, event => {
        const { about, mark, words } = read(event)
        return words.length > 0 ? [mark, about.owner] : undefined
      }, called),
      foldMany(type, names, event => read(event).names.map(({ id }) => [id]), named),
    ]),
    // What was theirs alone goes; what they did to the library stays, by somebody who is gone.
    ...[history, groups, touches, callings, names].map(table =>
      sweep(UserErased, table as unknown as Table<{ owner: 'uuid' }>, 'owner', ({ data }) => data.userId),
    ),
  ],
  derived: [
    derive(groups, marks, ({ group_id, owner, marks }) =>
      Object.entries(marks as Marks).map(([mark, position]) => ({ mark, position, group_id, owner }))),
    derive(callings, words, ({ mark, owner, words }) => (words as readonly string[]).map(word => ({ mark, word, owner }))),
  ],
  views: {
    history: `select *, category || '-' || subject as stream_id, coalesce(correlation, group_id) as correlation_id, coalesce(cause_id, command_id) as causation_id
      from {schema}.history`,
    history_groups: 'select * from {schema}.groups',
    history_marks: `select mark, position, group_id, owner from {schema}.marks
      union all select item_id, position, group_id, owner from {schema}.touches`,
    history_line_marks: `select g.group_id, g.owner, m.key::uuid as mark, m.value::bigint as position from {schema}.groups g cross join lateral json_each_text(g.marks) m
      union all select group_id, owner, item_id, position from {schema}.touches`,
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
    revision: event.revision,
    type: event.type,
    at: time,
    actor_kind: actor.kind,
    actor_user: actor.kind === 'user' ? actor.userId : null,
    actor_name: actor.kind === 'process' ? actor.name : null,
    actor_device: actor.kind === 'user' ? (actor.deviceId ?? null) : null,
    reason,
    correlation: correlationId === groupId ? null : correlationId,
    cause_id: causationId === commandId ? null : causationId,
    category,
    subject,
    group_id: groupId,
    owner,
    item_id: itemId,
    library_id: libraryId,
  }
}

type Marks = Readonly<Record<string, number>>

function grown(row: RowOf<typeof groups> | undefined, event: RecordedEvent): RowOf<typeof groups> {
  const { groupId, owner, marks } = read(event).about
  const { position, streamId, type, metadata: { time, version } } = event
  if (!row)
    return {
      group_id: groupId,
      owner,
      position,
      at: time,
      last_position: position,
      last_at: time,
      entries: 1,
      counts: { [type]: 1 },
      story: tell({}, event),
      alone: true,
      first_stream: streamId,
      first_data: event.data,
      first_version: version,
      marks: Object.fromEntries(marks.map(mark => [mark, position])),
    }
  const counts = row.counts as Readonly<Record<string, number>>
  const known = row.marks as Marks
  const more = marks.filter(mark => known[mark] === undefined)
  return {
    ...row,
    last_position: position,
    last_at: time,
    entries: row.entries + 1,
    counts: { ...counts, [type]: (counts[type] ?? 0) + 1 },
    story: tell(row.story as HistoryStory, event),
    alone: row.alone && row.first_stream === streamId,
    marks: more.length > 0 ? { ...known, ...Object.fromEntries(more.map(mark => [mark, position])) } : known,
  }
}

function called(row: RowOf<typeof callings> | undefined, event: RecordedEvent, [mark, owner]: Key): RowOf<typeof callings> {
  const { words } = read(event)
  if (!row) return { mark: String(mark), owner: String(owner), words }
  const known = row.words as readonly string[]
  const more = words.filter(word => !known.includes(word))
  return more.length > 0 ? { ...row, words: [...known, ...more] } : row
}

function named(row: RowOf<typeof names> | undefined, event: RecordedEvent, [id]: Key): RowOf<typeof names> {
  const { names: said, about } = read(event)
  const { kind, name, key = null } = said.findLast(name => name.id === id)!
  const owner = kind === 'reason' || kind === 'process' ? NOBODY : about.owner
  if (row?.kind === kind && row.name === name && row.key === key && row.owner === owner) return row
  return { id: String(id), kind, name, key, owner }
}
