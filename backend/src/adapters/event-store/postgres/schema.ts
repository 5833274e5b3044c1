/**
 * The log in PostgreSQL. Positions are given under one advisory lock that is held until commit, so the order of positions
 * is the order of commits and no reader can miss a later commit with a smaller position. `append` takes any number of
 * appends to distinct streams; each is done or refused by itself.
 */
export const logSchema = `
create schema if not exists log;
create sequence if not exists log.position;
create table if not exists log.events (
  position bigint primary key,
  stream_id text collate "C" not null,
  revision int not null,
  id uuid not null,
  type text collate "C" not null,
  data json not null,
  metadata json not null,
  unique (stream_id, revision)
);
create table if not exists log.deleted_streams (
  stream_id text collate "C" primary key,
  deleted_at timestamptz not null default now()
);
create table if not exists log.identity (one boolean primary key default true check (one), id uuid not null);
insert into log.identity (id) values (gen_random_uuid()) on conflict do nothing;
create or replace function log.append(
  streams text[], expected int[],
  owners int[], offsets int[], ids uuid[], types text[], data json[], metadata json[]
) returns table (ord int, outcome text, last_revision int, last_position bigint) language plpgsql as $$
begin
  perform pg_advisory_xact_lock(8315161803711);
  return query
    with state as materialized (
      select s.ord::int as ord, s.stream, s.expected,
        coalesce((select e.revision from log.events e where e.stream_id = s.stream order by e.revision desc limit 1), -1) as actual,
        exists (select from log.deleted_streams d where d.stream_id = s.stream) as gone
      from unnest(streams, expected) with ordinality as s(stream, expected, ord)
    ), inserted as (
      insert into log.events
      select nextval('log.position'), o.stream, o.revision, o.id, o.type, o.data, o.metadata
      from (
        select s.stream, s.expected + e.place as revision, e.id, e.type, e.data, e.metadata
        from unnest(owners, offsets, ids, types, data, metadata) with ordinality
          as e(owner, place, id, type, data, metadata, ord)
        join state s on s.ord = e.owner and not s.gone and s.actual = s.expected
        order by e.ord
      ) o
      returning stream_id, revision, position
    ), written as (
      select i.stream_id, max(i.revision) as revision, max(i.position) as position from inserted i group by i.stream_id
    )
    select s.ord, case when s.gone then 'deleted' when w.revision is null then 'conflict' else 'appended' end,
      coalesce(w.revision, s.actual), coalesce(w.position, 0)
    from state s left join written w on w.stream_id = s.stream
    order by s.ord;
  perform pg_notify('log_appended', '');
end $$;
`
