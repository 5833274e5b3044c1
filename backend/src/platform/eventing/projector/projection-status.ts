import type { Query } from '../../sql/sql.js'
import type { Position } from '../event-store.js'

/** Where and why a projection stands still. */
export interface Fault {
  readonly error: string
  /** The event it cannot take, where it is one. */
  readonly event?: { readonly id: string; readonly type: string; readonly streamId: string; readonly position: Position }
}

export interface Filling {
  readonly position: Position
  readonly to: Position
  /** Events a second. */
  readonly rate: number
}

/** What the node that runs a projection says of it. */
export interface ReportedStatus {
  readonly version: number
  readonly node: string
  readonly state: 'waiting' | 'rebuilding' | 'live' | 'faulted'
  readonly fault?: Fault
  /** Why it cannot go on right now; it keeps trying. */
  readonly trouble?: string
  /** New tables that are being filled, beside those that serve. */
  readonly filling?: Filling
  /** Why the last rebuild was given up; what served before still does. */
  readonly givenUp?: string
}

export interface ProjectionRequest {
  readonly action: 'rebuild' | 'resume'
  readonly askedBy: string
  readonly askedAt: string
}

/** Heard by projectors: somebody asks for something. */
export const REQUESTS = 'projection_requests'

/** Makes the tables in which projectors and operators tell each other; what is in them passes. */
export async function prepareStatus(sql: Query): Promise<void> {
  await sql.query(`
    select pg_advisory_xact_lock(hashtext('projection status'));
    create schema if not exists live;
    create table if not exists live.projections (name text primary key, status json not null, at timestamptz not null);
    create table if not exists live.projection_requests (
      name text primary key, action text not null, asked_by text not null, asked_at timestamptz not null)`)
}

export async function reportStatus(sql: Query, name: string, status: ReportedStatus): Promise<void> {
  await sql.query(
    `insert into live.projections values ($1, $2, now()) on conflict (name) do update set status = excluded.status, at = excluded.at`,
    [name, JSON.stringify(status)],
  )
}

/** Whether the tables that serve are whole and follow the log; while others are filled beside them they are. */
export async function isLive(sql: Query, name: string): Promise<boolean> {
  return (
    (await sql.query(`select from live.projections where name = $1 and status->>'state' = 'live'`, [name], 'projection_is_live'))
      .length > 0
  )
}

export async function reportedStatuses(sql: Query): Promise<ReadonlyMap<string, ReportedStatus>> {
  const rows = await sql.query<{ name: string; status: ReportedStatus }>('select name, status from live.projections')
  return new Map(rows.map(({ name, status }) => [name, status]))
}

/** Asks whichever node runs the projection. A rebuild that was asked for and is not done yet is not put off by another request. */
export async function request(sql: Query, name: string, action: ProjectionRequest['action'], askedBy: string): Promise<void> {
  await sql.query(
    `insert into live.projection_requests values ($1, $2, $3, clock_timestamp())
     on conflict (name) do update set action = excluded.action, asked_by = excluded.asked_by, asked_at = excluded.asked_at
     where projection_requests.action <> 'rebuild'`,
    [name, action, askedBy],
  )
  await sql.query('select pg_notify($1, $2)', [REQUESTS, name])
}

export async function requestOf(sql: Query, name: string): Promise<ProjectionRequest | undefined> {
  const [row] = await sql.query<ProjectionRequest>(
    `select action, asked_by as "askedBy", asked_at as "askedAt" from live.projection_requests where name = $1`,
    [name],
  )
  return row
}

/** What is asked for and not settled yet, by projection. */
export async function openRequests(sql: Query): Promise<ReadonlyMap<string, ProjectionRequest['action']>> {
  const rows = await sql.query<{ name: string; action: ProjectionRequest['action'] }>(
    'select name, action from live.projection_requests',
  )
  return new Map(rows.map(({ name, action }) => [name, action]))
}

/** What was asked for is done, or cannot be. */
export async function settleRequest(sql: Query, name: string): Promise<void> {
  await sql.query('delete from live.projection_requests where name = $1', [name])
}
