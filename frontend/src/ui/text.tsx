import type { ComponentProps, ElementType } from 'react'
import { cx } from '../lib/cx.js'

const sizes = {
  display: 'text-display display-cut text-ink-1',
  heading: 'text-heading font-semibold tracking-tight text-ink-1',
  title: 'text-title font-semibold tracking-tight text-ink-1',
  body: 'text-body text-ink-2',
  small: 'text-small text-ink-2',
  caption: 'text-caption text-ink-3',
} as const

type TextProps<T extends ElementType> = { as?: T; size?: keyof typeof sizes } & Omit<ComponentProps<T>, 'as' | 'size'>

/** Words in one of the six sizes. `display` is only for titles on item pages and the home hero. */
export function Text<T extends ElementType = 'p'>({ as, size = 'small', className, ...rest }: TextProps<T>) {
  const Tag: ElementType = as ?? 'p'
  return <Tag {...rest} className={cx(sizes[size], className as string | undefined)} />
}
