import type { MigrationInterface, QueryRunner } from 'typeorm'

export class VaultAndLive1795392000001 implements MigrationInterface {
  readonly name = 'VaultAndLive1795392000001'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists vault;
      create schema if not exists live;
      create schema if not exists read;

      create table vault.keys (name text primary key, secret bytea not null);

      create table vault.credentials (
        user_id uuid primary key,
        name text not null,
        -- Names that look alike are one: case and Unicode form do not tell people apart.
        name_key text not null unique,
        password_hash text not null,
        changed_at timestamptz not null default now()
      );

      create table vault.refresh_families (
        id uuid primary key,
        user_id uuid not null,
        device_id text not null,
        device_name text not null,
        token_hash bytea not null,
        previous_hash bytea,
        rotated_at timestamptz not null default now(),
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index on vault.refresh_families (user_id);

      create table live.leases (name text primary key, owner text not null, until timestamptz not null);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live.leases, vault.refresh_families, vault.credentials, vault.keys')
  }
}
