import type { ReactNode } from 'react'
import { Mark } from './mark.js'
import { useScreenFocus } from './page-focus.js'
import { Text } from './text.js'

interface ThresholdProps {
  readonly title: string
  readonly words?: ReactNode
  /** Which of how many screens this is. */
  readonly step?: { readonly at: number; readonly of: number }
  readonly wide?: boolean
  readonly children: ReactNode
}

/** A screen before one is inside: one thing to do, in the light of the lamp. */
export function Threshold({ title, words, step, wide = false, children }: ThresholdProps) {
  useScreenFocus(title)
  return (
    <div className="relative isolate grid min-h-dvh grid-cols-1 grid-rows-[1fr_auto_1.4fr] justify-items-center overflow-hidden gutter py-10">
      <div
        aria-hidden="true"
        className="absolute -top-40 left-1/2 -z-10 h-[46rem] w-[80rem] -translate-x-1/2"
        style={{
          background:
            'conic-gradient(from 152deg at 50% 6%, transparent 0deg, color-mix(in oklab, var(--accent) 16%, transparent) 28deg, transparent 56deg)',
          maskImage: 'linear-gradient(to bottom, black 15%, transparent 90%)',
        }}
      />
      <div />
      <main className={wide ? 'w-full max-w-2xl' : 'w-full max-w-sm'}>
        <Mark className="mb-6 size-10" />
        {step && (
          <Text size="caption" className="mb-2">
            Step {step.at} of {step.of}
          </Text>
        )}
        <Text as="h1" size="heading">
          {title}
        </Text>
        {words && <div className="mt-2 text-body text-pretty">{words}</div>}
        <div className="appear mt-8" key={title}>
          {children}
        </div>
      </main>
    </div>
  )
}
