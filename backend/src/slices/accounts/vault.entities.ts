import { Column, Entity, PrimaryColumn } from 'typeorm'

/** What a person signs in with. */
@Entity({ schema: 'vault', name: 'credentials' })
export class Credential {
  @PrimaryColumn('uuid', { name: 'user_id' }) userId!: string
  @Column('text') name!: string
  @Column('text', { name: 'name_key' }) nameKey!: string
  @Column('text', { name: 'password_hash' }) passwordHash!: string
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date
}

/** A signed-in device: its refresh tokens follow each other, each used once. */
@Entity({ schema: 'vault', name: 'refresh_families' })
export class RefreshFamily {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'user_id' }) userId!: string
  @Column('text', { name: 'device_id' }) deviceId!: string
  @Column('text', { name: 'device_name' }) deviceName!: string
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer
  @Column('bytea', { name: 'previous_hash', nullable: true }) previousHash!: Buffer | null
  @Column('timestamptz', { name: 'rotated_at' }) rotatedAt!: Date
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date
}

/** Names that differ only in case, width or composition are one name. */
export const nameKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase()
