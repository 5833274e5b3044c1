import type { ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { Text } from './text.js'

interface PageProps {
  readonly title: string
  readonly words?: ReactNode
  readonly actions?: ReactNode
  readonly narrow?: boolean
  readonly children: ReactNode
}

/** A page of words and controls, with its title. */
export const Page = ({ title, words, actions, narrow = false, children }: PageProps) => (
  <div className={cx('pt-8 gutter', narrow ? 'max-w-3xl' : 'max-w-5xl')}>
    <title>{`${title} · Projectionist`}</title>
    <header className="mb-8 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div>
        <Text as="h1" size="heading">
          {title}
        </Text>
        {words && <p className="mt-1.5 text-body text-pretty">{words}</p>}
      </div>
      {actions}
    </header>
    {children}
  </div>
)

/** A part of such a page. */
export const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mb-10">
    <Text as="h2" size="title" className="mb-4">
      {title}
    </Text>
    {children}
  </section>
)

/** What belongs together, set apart from the page. */
export const Panel = ({ className, children }: { className?: string; children: ReactNode }) => (
  <div className={cx('rounded-l bg-surface-1 p-5 ring-1 ring-line', className)}>{children}</div>
)
