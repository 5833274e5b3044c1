import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Erasures1795392000010 implements MigrationInterface {
  readonly name = 'Erasures1795392000010'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live.erasures (
        user_id uuid primary key,
        -- Where the look through the log began, how far it has come, and where the log ended then.
        began_at bigint not null,
        position bigint not null,
        head bigint not null,
        streams int not null default 0,
        -- Something of theirs was appended after they were erased.
        latecomers boolean not null default false
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live.erasures')
  }
}
