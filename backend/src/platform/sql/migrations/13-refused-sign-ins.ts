import type { MigrationInterface, QueryRunner } from 'typeorm'

export class RefusedSignIns1795392000130 implements MigrationInterface {
  readonly name = 'RefusedSignIns1795392000130'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live.refused_sign_ins (
        user_id uuid primary key,
        -- Counted and not recorded yet; the first of them.
        times int not null,
        since timestamptz not null,
        recorded_at timestamptz
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live.refused_sign_ins')
  }
}
