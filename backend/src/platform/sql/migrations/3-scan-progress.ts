import type { MigrationInterface, QueryRunner } from 'typeorm'

export class ScanProgress1795392000003 implements MigrationInterface {
  readonly name = 'ScanProgress1795392000003'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live.scan_progress (
        scan_id uuid primary key,
        walked boolean not null default false,
        found int not null default 0,
        done int not null default 0,
        failed int not null default 0,
        added int not null default 0,
        changed int not null default 0,
        moved int not null default 0,
        removed int not null default 0,
        failures int not null default 0
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live.scan_progress cascade')
  }
}
