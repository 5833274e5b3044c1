import type { ItemSummary, Picture } from '@projectionist/shared/api/items'
import { memo, useEffect, useState } from 'react'
import { pictureUrl } from '../../ui/picture-source.js'
import { placeholderOf } from '../../ui/thumbhash.js'
import { fitted, type Look, type Size } from './zoom.js'

export const pictureOf = (item: ItemSummary): Picture | undefined =>
  item.pictures.thumb ?? item.pictures.poster ?? item.pictures.backdrop

/** Pixels of an item as shown; its picture's where its own are not known. */
export function pixelsOf(item: ItemSummary): Size {
  const picture = pictureOf(item)
  return { width: item.width ?? picture?.width ?? 0, height: item.height ?? picture?.height ?? 0 }
}

/** Loads and decodes before it is shown, so that a picture never builds up line by line. */
function useDecoded(url: string | null): { readonly url: string | null; readonly failed: boolean } {
  const [shown, setShown] = useState<{ url: string | null; failed: boolean }>({ url: null, failed: false })
  useEffect(() => {
    if (url === null) return
    let stale = false
    const image = new Image()
    image.src = url
    image.decode().then(
      () => !stale && setShown({ url, failed: false }),
      () => !stale && setShown(now => ({ ...now, failed: true })),
    )
    return () => {
      stale = true
    }
  }, [url])
  return shown
}

interface SlideProps {
  readonly item: ItemSummary
  readonly frame: Size
  readonly look: Look
}

/** One photo: its blur, then a quick small version, then as many pixels as the screen has use for. */
export const Slide = memo(function Slide({ item, frame, look }: SlideProps) {
  const picture = pictureOf(item)
  const shown = fitted(pixelsOf(item), frame)
  const wanted = shown.width * devicePixelRatio * (look.scale > 1.2 ? Math.min(look.scale, 4) : 1)
  const small = useDecoded(picture ? pictureUrl(picture, 640) : null)
  const large = useDecoded(picture && wanted > 640 ? pictureUrl(picture, wanted) : null)
  if (!picture) return <p className="absolute inset-0 grid place-items-center text-body text-ink-3">No picture of {item.title}</p>
  const blur = placeholderOf(picture.thumbhash)
  const layers = [blur, small.url, large.url].filter(url => url !== null && url !== undefined)
  return (
    <div
      className="absolute top-1/2 left-1/2 overflow-hidden"
      style={{
        width: shown.width,
        height: shown.height,
        transform: `translate(-50%, -50%) translate(${look.x}px, ${look.y}px) scale(${look.scale})`,
        backgroundColor: picture.colour,
      }}
    >
      {layers.map((url, layer) => (
        <img
          key={url}
          src={url}
          alt={layer === layers.length - 1 ? item.title : ''}
          draggable={false}
          className="absolute inset-0 size-full object-contain"
        />
      ))}
      {small.failed && large.failed && (
        <p role="alert" className="absolute inset-0 grid place-items-center bg-black/60 text-small text-ink-1">
          This photo cannot be loaded right now.
        </p>
      )}
    </div>
  )
})
