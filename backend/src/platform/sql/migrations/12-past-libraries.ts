import type { MigrationInterface, QueryRunner } from 'typeorm'

export class PastLibraries1795392000012 implements MigrationInterface {
  readonly name = 'PastLibraries1795392000012'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live.past_libraries (
        id uuid primary key,
        at timestamptz not null,
        position bigint not null,
        -- The log and the projections it is made of: of others it would be another.
        made_of text not null,
        -- Everybody there was when it was asked for. Once somebody of them is erased, it is gone.
        people uuid[] not null,
        state text not null default 'waiting' check (state in ('waiting', 'building', 'ready', 'failed')),
        progress float8 not null default 0,
        problem text,
        created_at timestamptz not null default now(),
        used_at timestamptz not null default now(),
        -- The node that makes it, as long as it says so.
        owner text,
        until timestamptz not null default now()
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live.past_libraries')
  }
}
