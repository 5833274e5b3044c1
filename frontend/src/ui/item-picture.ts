import type { ItemSummary, Picture } from '@projectionist/shared/api/items'
import type { Shape } from './artwork.js'

/** The shape an item's own artwork has. */
export function shapeOf({ kind }: Pick<ItemSummary, 'kind'>): Shape {
  switch (kind) {
    case 'episode':
    case 'video':
      return 'still'
    case 'album':
    case 'artist':
    case 'track':
    case 'photo':
      return 'square'
    case 'film':
    case 'series':
    case 'season':
      return 'poster'
  }
}

/** The best picture for a box of a shape; absent where there is none at all. */
export function pictureOf({ pictures }: Pick<ItemSummary, 'pictures'>, shape: Shape): Picture | undefined {
  return shape === 'still'
    ? (pictures.thumb ?? pictures.backdrop ?? pictures.poster)
    : (pictures.poster ?? pictures.thumb ?? pictures.backdrop)
}
