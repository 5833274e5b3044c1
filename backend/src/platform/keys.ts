import { randomBytes } from 'node:crypto'
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm'

@Entity({ schema: 'vault', name: 'keys' })
export class StoredKey {
  @PrimaryColumn('text') name!: string
  @Column('bytea') secret!: Buffer
}

export type KeyName = 'access-tokens' | 'media-links' | 'image-links' | 'workers' | 'downloads'

/** The program's own 256-bit keys, made once and kept in the vault; every node has the same. */
export class Keys {
  readonly #keys = new Map<KeyName, Promise<Buffer>>()
  constructor(private readonly data: DataSource) {}

  get(name: KeyName): Promise<Buffer> {
    let key = this.#keys.get(name)
    if (!key) {
      key = this.#load(name)
      key.catch(() => this.#keys.delete(name))
      this.#keys.set(name, key)
    }
    return key
  }

  async #load(name: KeyName): Promise<Buffer> {
    const keys = this.data.getRepository(StoredKey)
    await keys.createQueryBuilder().insert().values({ name, secret: randomBytes(32) }).orIgnore().execute()
    return (await keys.findOneByOrFail({ name })).secret
  }
}
