import type { ArtworkSource } from '@projectionist/shared/events/media'

/** What the child is asked: to look at a picture, or to make one that fits. `path` is that of the source's file, as bytes. */
export type PictureTask =
  | { readonly do: 'describe'; readonly source: ArtworkSource; readonly path: Uint8Array; readonly ffmpeg: string | undefined; readonly keep: string }
  | {
      readonly do: 'render'
      readonly source: ArtworkSource
      readonly path: Uint8Array
      readonly ffmpeg: string | undefined
      readonly width: number
      readonly to: string
    }

export interface Description {
  readonly width: number
  readonly height: number
  readonly thumbhash: string
  readonly colour: string
  readonly contentHash: string
}

/** Where a rendering of a picture is kept, in the folder of all. */
export const renderingOf = (folder: string, contentHash: string, width: number): string =>
  `${folder}/${contentHash.slice(0, 2)}/${contentHash}-${width}.webp`

/** Renderings that pages ask for first, made together with the description. */
export const firstWidths = [320, 640] as const
