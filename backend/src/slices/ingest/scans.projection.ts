import { LibraryAdded, LibraryFolderAdded, LibraryRemoved, LibraryRestored } from '@projectionist/shared/events/library'
import { ScanCancelled, ScanCompleted, ScanFailed, ScanPaused, ScanProblemsFound, ScanResumed, ScanStarted } from '@projectionist/shared/events/scan'
import type { EventType } from '@projectionist/shared/events/event'
import { firstScanOf } from '../../platform/derived-ids.js'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { telling, type Portrait } from '../../platform/eventing/portrait.js'
import { fold, foldMany, projection, subjectOf, sweep, table, type RowOf } from '../../platform/eventing/projection.js'

const scans = table(
  'scans',
  {
    id: 'uuid',
    library_id: 'uuid',
    state: 'text',
    found: 'int',
    added: 'int',
    changed: 'int',
    moved: 'int',
    removed: 'int',
    failed: 'int',
    started_at: 'timestamptz',
    ended_at: 'timestamptz?',
    problem: 'text?',
    /** Of its beginning: what it finds follows from that. */
    event_id: 'uuid',
    correlation_id: 'uuid',
  },
  { key: ['id'], indexes: ['(library_id, started_at desc)', "(state) where state = 'running'"] },
)
const problems = table(
  'problems',
  { scan_id: 'uuid', position: 'bigint', ordinal: 'int', root_id: 'uuid', relative: 'text', code: 'text', detail: 'text?' },
  { key: ['scan_id', 'position', 'ordinal'] },
)
/** Libraries whose folders nobody has looked at yet. */
const owed = table('owed', { library_id: 'uuid', scan_id: 'uuid', event_id: 'uuid', correlation_id: 'uuid' }, { key: ['library_id'] })

type Scan = RowOf<typeof scans>
type DataOf<T> = T extends EventType<string, infer D> ? D : never
const change = <T extends EventType>(type: T, apply: (row: Scan, event: RecordedEvent<DataOf<T>>) => Partial<Scan>) =>
  fold(type, scans, event => [subjectOf(event)], (row, event) => row && { ...row, ...apply(row, event) })

/** Scans, what they met, and which are owed. */
export const scansProjection = projection({
  name: 'scans',
  version: 2,
  tables: [scans, problems, owed],
  when: [
    fold(LibraryAdded, owed, event => [subjectOf(event)], (_, event) => ({
      library_id: subjectOf(event),
      scan_id: firstScanOf(subjectOf(event)),
      event_id: event.id,
      correlation_id: event.metadata.correlationId,
    })),
    fold(LibraryFolderAdded, owed, event => [subjectOf(event)], (row, event) =>
      row ?? { library_id: subjectOf(event), scan_id: event.id, event_id: event.id, correlation_id: event.metadata.correlationId }),
    // What has changed on its disks meanwhile is found by looking again.
    fold(LibraryRestored, owed, event => [subjectOf(event)], (_, event) => ({
      library_id: subjectOf(event),
      scan_id: event.id,
      event_id: event.id,
      correlation_id: event.metadata.correlationId,
    })),
    sweep(LibraryRemoved, owed, 'library_id', subjectOf),
    sweep(LibraryRemoved, scans, 'library_id', subjectOf),
    fold(ScanStarted, owed, ({ data }) => [data.libraryId], () => undefined),
    fold(ScanStarted, scans, event => [subjectOf(event)], (_, event) => ({
      id: subjectOf(event),
      library_id: event.data.libraryId,
      state: 'running',
      found: 0,
      added: 0,
      changed: 0,
      moved: 0,
      removed: 0,
      failed: 0,
      started_at: event.metadata.time,
      ended_at: null,
      problem: null,
      event_id: event.id,
      correlation_id: event.metadata.correlationId,
    })),
    change(ScanPaused, () => ({ state: 'paused' })),
    change(ScanResumed, () => ({ state: 'running' })),
    change(ScanCancelled, (_, { metadata }) => ({ state: 'cancelled', ended_at: metadata.time })),
    change(ScanCompleted, (_, { data, metadata }) => ({ ...data, state: 'done', ended_at: metadata.time })),
    change(ScanFailed, (_, { data, metadata }) => ({ state: 'failed', ended_at: metadata.time, problem: data.detail })),
    foldMany(
      ScanProblemsFound,
      problems,
      event => event.data.problems.map((_, index) => [subjectOf(event), event.position, index]),
      (_, event, key) => {
        const { rootId, relative, code, detail } = event.data.problems[Number(key[2])]!
        return { scan_id: subjectOf(event), position: event.position, ordinal: Number(key[2]), root_id: rootId, relative, code, detail: detail ?? null }
      },
    ),
  ],
  views: {
    scan_list: `
      select s.id, s.library_id as "libraryId", s.state,
        case when s.state = 'done' then s.found else coalesce(p.found, 0) end as found,
        case when s.state = 'done' then s.found else coalesce(p.done, 0) end as done,
        case when s.state = 'done' then s.failed else coalesce(p.failed, 0) end as failed,
        s.state = 'done' or coalesce(p.walked, false) as walked,
        case when s.state = 'done' then s.added else coalesce(p.added, 0) end as added,
        case when s.state = 'done' then s.changed else coalesce(p.changed, 0) end as changed,
        case when s.state = 'done' then s.moved else coalesce(p.moved, 0) end as moved,
        case when s.state = 'done' then s.removed else coalesce(p.removed, 0) end as removed,
        to_char(s.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startedAt",
        to_char(s.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endedAt",
        s.problem
      from {schema}.scans s left join live.scan_progress p on p.scan_id = s.id`,
    scan_problems: 'select * from {schema}.problems',
    owed_first_scans: 'select * from {schema}.owed',
    scan_causes: 'select id, library_id, event_id, correlation_id from {schema}.scans',
    owed_scans: `select id as work_id, library_id from {schema}.scans where state = 'running'`,
  },
  announces: { topic: 'scans' },
})

export const scanPortrait: Portrait = {
  category: 'scan',
  projection: scansProjection,
  fields(rows) {
    const [row] = rows(scans)
    if (!row) return {}
    const { state, found, added, changed, moved, removed, failed, problem } = row
    return telling({ state, found, added, changed, moved, removed, failed, problem, problems: rows(problems).length })
  },
}
