import type { Picture } from '@projectionist/shared/api/items'
import { useCallback, useState, type CSSProperties, type ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { mayFill, pictureUrl, sourceSet } from './picture-source.js'
import { placeholderOf } from './thumbhash.js'

const shapes = { poster: 2 / 3, still: 16 / 9, square: 1 } as const
export type Shape = keyof typeof shapes

interface ArtworkProps {
  readonly picture: Picture | undefined
  readonly shape: Shape
  /** What is said and shown where there is no picture. */
  readonly title: string
  readonly detail?: string | undefined
  /** The width it is shown at, as the `sizes` of an image. */
  readonly sizes: string
  /** Above the fold: fetched first, not lazily. */
  readonly eager?: boolean
  readonly className?: string
  readonly children?: ReactNode
}

/**
 * A picture in a box whose shape is known at once, so nothing jumps: first its blur, then itself. A picture of another shape is
 * shown whole on its own blur, not cropped. Without a picture the title is set as one.
 */
export function Artwork({ picture, shape, title, detail, sizes, eager = false, className, children }: ArtworkProps) {
  const ratio = shapes[shape]
  return (
    <div
      className={cx('relative isolate overflow-hidden rounded-m bg-surface-2', className)}
      style={{ aspectRatio: ratio, ...(picture && { backgroundColor: picture.colour }) }}
    >
      {picture ? (
        <FadingPicture picture={picture} sizes={sizes} eager={eager} whole={!mayFill(picture, ratio)} />
      ) : (
        <SetTitle title={title} detail={detail} shape={shape} />
      )}
      {children}
      <div className="pointer-events-none absolute inset-0 rounded-[inherit] ring-1 ring-white/8 ring-inset" />
    </div>
  )
}
export const Poster = (props: Omit<ArtworkProps, 'shape'>) => <Artwork {...props} shape="poster" />
export const Still = (props: Omit<ArtworkProps, 'shape'>) => <Artwork {...props} shape="still" />
export const Square = (props: Omit<ArtworkProps, 'shape'>) => <Artwork {...props} shape="square" />

interface FadingPictureProps {
  readonly picture: Picture
  readonly sizes: string
  readonly eager?: boolean
  /** Shows all of it, with its blur around, instead of filling the box. */
  readonly whole?: boolean
  readonly className?: string
  readonly style?: CSSProperties
}

/** The blur of a picture and then the picture, filling the box it stands in. Decoration: it has no spoken name. */
export function FadingPicture({ picture, sizes, eager = false, whole = false, className, style }: FadingPictureProps) {
  const [state, setState] = useState<'waiting' | 'there' | 'missing'>('waiting')
  // A cached picture is complete before React listens; then it is shown without a fade.
  const ref = useCallback((image: HTMLImageElement | null) => {
    if (image?.complete && image.naturalWidth > 0) setState('there')
  }, [])
  const blur = placeholderOf(picture.thumbhash)
  return (
    <>
      {blur && (
        <img
          src={blur}
          alt=""
          aria-hidden="true"
          className={cx('absolute inset-0 size-full object-cover', className)}
          style={style}
        />
      )}
      {state !== 'missing' && (
        <img
          key={picture.url}
          ref={ref}
          src={pictureUrl(picture, 640)}
          srcSet={sourceSet(picture)}
          sizes={sizes}
          alt=""
          decoding="async"
          loading={eager ? 'eager' : 'lazy'}
          fetchPriority={eager ? 'high' : 'auto'}
          draggable={false}
          onLoad={() => setState('there')}
          onError={() => setState('missing')}
          className={cx(
            'absolute inset-0 size-full transition-opacity duration-200',
            whole ? 'object-contain' : 'object-cover',
            state === 'there' ? 'opacity-100' : 'opacity-0',
            className,
          )}
          style={style}
        />
      )}
    </>
  )
}

/** A title set as a picture: a quiet beam in a colour of its own, always the same for the same title. */
function SetTitle({ title, detail, shape }: { title: string; detail?: string | undefined; shape: Shape }) {
  const hue = hueOf(title)
  return (
    <div
      aria-hidden="true"
      className="absolute inset-0 flex flex-col justify-end gap-0.5 p-[8%] text-left"
      style={{
        background: `conic-gradient(from 118deg at 0% 0%, oklch(0.5 0.075 ${hue}) 0deg, oklch(0.3 0.05 ${hue}) 34deg, oklch(0.24 0.03 ${hue}) 35deg, oklch(0.21 0.02 ${hue}) 360deg)`,
        containerType: 'inline-size',
      }}
    >
      <span
        className={cx(
          'display-cut text-white/95 [overflow-wrap:anywhere] hyphens-auto',
          shape === 'poster' ? 'line-clamp-5' : 'line-clamp-3',
        )}
        style={{ fontSize: `clamp(0.75rem, ${shape === 'still' ? 9 : 13}cqi, 2rem)`, lineHeight: 1.08 }}
      >
        {title}
      </span>
      {detail && (
        <span className="figures truncate text-white/75" style={{ fontSize: 'clamp(0.6875rem, 8cqi, 1rem)' }}>
          {detail}
        </span>
      )}
    </div>
  )
}

const hueOf = (text: string) => {
  let sum = 7
  for (const character of text) sum = (sum * 31 + character.codePointAt(0)!) % 3600
  return sum / 10
}
