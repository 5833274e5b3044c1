import type { MigrationInterface, QueryRunner } from 'typeorm'

export class SessionSegments1795392000004 implements MigrationInterface {
  readonly name = 'SessionSegments1795392000004'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table live.playback_sessions add column segments bigint not null default 0')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table live.playback_sessions drop column segments')
  }
}
