import type { AnyDecider } from './decider.js'
import type { Portrait } from './portrait.js'

/** The kinds of streams there are, whichever slice's: their rules, and what they say of their subject. */
export class StreamKinds {
  constructor(
    readonly deciders: readonly AnyDecider[],
    readonly portraits: readonly Portrait[],
  ) {}

  /** Kinds of events that can be taken back at some time at least. */
  get revertible(): readonly string[] {
    return this.deciders.flatMap(({ reverts = {} }) =>
      Object.entries(reverts).flatMap(([type, way]) => (typeof way === 'function' ? [type] : [])),
    )
  }
}
