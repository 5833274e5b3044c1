import type { MigrationInterface, QueryRunner } from 'typeorm'

export class UndoProgress1795392000050 implements MigrationInterface {
  readonly name = 'UndoProgress1795392000050'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live.undo_progress (
        undo_id uuid primary key,
        -- Everything up to this position of the log was dealt with.
        after bigint not null default 0,
        reverted int not null default 0,
        unneeded int not null default 0,
        conflicts int not null default 0,
        failures int not null default 0
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live.undo_progress cascade')
  }
}
