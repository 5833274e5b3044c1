import type { CSSProperties } from 'react'
import { cx } from '../lib/cx.js'

/** A piece in the shape of what comes. */
export const Skeleton = ({ className, style }: { className?: string; style?: CSSProperties }) => (
  <div aria-hidden="true" data-awaited className={cx('shimmer rounded-s', className)} style={style} />
)

/** Around skeletons: tells screen readers what is awaited. */
export const Awaiting = ({ what, className, children }: { what: string; className?: string; children: React.ReactNode }) => (
  <div role="status" aria-label={`Loading ${what}`} className={className}>
    {children}
  </div>
)
