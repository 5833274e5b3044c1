import type { Caller } from '../../platform/http/caller.js'
import { visibilityOf } from '../../platform/visibility.js'

/** Who looks at the history, and how much of it there is for them. */
export interface Viewer {
  /** Sees only what is in this person's own streams; null: sees everybody's. */
  readonly only: string | null
  /** Libraries whose items they see; null: all. */
  readonly libraries: readonly string[] | null
  readonly caller: Caller
}

export const viewerOf = (caller: Caller): Viewer => ({
  only: caller.role === 'admin' ? null : caller.userId,
  libraries: visibilityOf(caller),
  caller,
})

/** Values of a statement, each with its place in it. */
export class Values {
  readonly all: unknown[] = []

  /** `$3::uuid[]`. */
  add(value: unknown, type: string): string {
    return `$${this.all.push(value)}::${type}`
  }
}
