import type { MigrationInterface, QueryRunner } from 'typeorm'

export class PlaybackSessions1795392000002 implements MigrationInterface {
  readonly name = 'PlaybackSessions1795392000002'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live.playback_sessions (
        session_id uuid primary key,
        play_id uuid not null,
        user_id uuid not null,
        device_id text not null,
        device_name text not null,
        item_id uuid not null,
        library_id uuid not null,
        file_id uuid not null,
        method text not null,
        reasons json not null,
        plan json,
        state text not null default 'playing',
        position_ms bigint not null default 0,
        duration_ms bigint not null,
        sequence bigint not null default -1,
        recorded_at timestamptz,
        started_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        worker_address text,
        worker_epoch bigint not null default 0,
        worker_until timestamptz,
        speed float8
      );
      create index on live.playback_sessions (user_id);
      create index on live.playback_sessions (last_seen_at);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live.playback_sessions')
  }
}
