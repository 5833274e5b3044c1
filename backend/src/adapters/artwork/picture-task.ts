/** A picture as it comes: a file by its path, as bytes, or what was taken out of one. */
export type PictureInput = { readonly path: Uint8Array } | { readonly bytes: Uint8Array } | { readonly tagsOf: Uint8Array }

/** What the child is asked: to look at a picture, or to make one that fits. */
export type PictureTask =
  | { readonly do: 'describe'; readonly input: PictureInput; readonly keep: string }
  | { readonly do: 'render'; readonly input: PictureInput; readonly width: number; readonly to: string }

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
