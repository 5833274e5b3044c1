import type { Picture } from '@projectionist/shared/api/items'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { FadingPicture } from './artwork.js'

interface BackdropProps {
  /** A wide picture; without one the tint alone lights the page. */
  readonly picture: Picture | undefined
  /** Colour of the item's artwork, `#rrggbb`. */
  readonly tint: string | undefined
}

/** A picture fading into the page behind what stands on it, on the side where the words are and towards its foot. */
export const Backdrop = ({ picture, tint }: BackdropProps) => (
  <div aria-hidden="true" className="pointer-events-none absolute inset-0 -z-10 overflow-hidden">
    {picture ? (
      <div className="absolute inset-y-0 right-0 w-full md:w-[88%] backdrop-mask">
        <FadingPicture picture={picture} sizes="100vw" eager className="object-[50%_25%]" />
      </div>
    ) : (
      tint && (
        <div
          className="absolute inset-0 tint-mask"
          style={{
            background: `radial-gradient(120% 90% at 80% 0%, color-mix(in oklab, ${tint} 36%, var(--surface-0)), transparent 75%)`,
          }}
        />
      )
    )}
  </div>
)

/**
 * Around words that stand on a backdrop: dims what is behind them as far as reading asks for, whatever the picture, and no
 * further.
 */
export const OnBackdrop = ({ dim = true, className, children }: { dim?: boolean; className?: string; children: ReactNode }) => (
  <div className={cx('relative', className)}>
    {dim && (
      <div
        aria-hidden="true"
        className="backdrop-scrim pointer-events-none absolute -inset-x-(--gutter) -top-28 -bottom-16 -z-10"
      />
    )}
    {children}
  </div>
)
