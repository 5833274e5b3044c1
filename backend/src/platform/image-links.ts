import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { ArtworkRole } from '@projectionist/shared/events/media'
import type { Keys } from './keys.js'

export interface ImageName {
  readonly itemId: string
  readonly role: ArtworkRole
  readonly contentHash: string
}

/**
 * Addresses of pictures. Who has one may fetch it, without a sign-in, so that browsers can cache and `<img>` can load; only
 * who may see an item is told them, and they cannot be guessed.
 */
export class ImageLinks {
  private constructor(private readonly key: KeyObject) {}

  static async make(keys: Keys): Promise<ImageLinks> {
    return new ImageLinks(createSecretKey(await keys.get('image-links')))
  }

  url({ itemId, role, contentHash }: ImageName): string {
    const name = `${itemId}.${role}.${contentHash}`
    return `/api/images/${Buffer.from(name).toString('base64url')}.${this.#sign(name)}`
  }

  /** What a token names; undefined when it was not made here. */
  open(token: string): ImageName | undefined {
    const [encoded = '', signature = ''] = token.split('.')
    const name = Buffer.from(encoded, 'base64url').toString()
    const given = Buffer.from(signature)
    const right = Buffer.from(this.#sign(name))
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
    const [itemId, role, contentHash] = name.split('.') as [string, ArtworkRole, string]
    return { itemId, role, contentHash }
  }

  #sign(name: string): string {
    return createHmac('sha256', this.key).update(name).digest('base64url').slice(0, 22)
  }
}
