import type { ErrorCode } from '@projectionist/shared/api/errors'
import type { Failure, FailureCode } from './failure.js'

/**
 * What went wrong while playing. `network`: nothing arrived; `refused`: the server no longer gives this session's media;
 * `media`: the browser could not use what arrived. `code`: the server's reason, where it is known.
 */
export type Trouble =
  | { readonly kind: 'network'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string; readonly code?: ErrorCode }
  | { readonly kind: 'media'; readonly detail: string }

/**
 * `reload` opens the same session again; `repair` resets the decoder and goes on; `renew` asks the server for a new session
 * at the same place; `convert` does so with a plainer profile.
 */
export type Remedy =
  | { readonly do: 'reload' | 'repair' | 'renew'; readonly afterMs: number; readonly attempt: number; readonly of: number }
  | { readonly do: 'convert' }
  | { readonly do: 'give-up'; readonly failure: Failure }

export const networkDelaysMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const
const renewals = 3
/** Playing this long without trouble makes earlier trouble forgotten. */
export const forgottenAfterMs = 20_000

/**
 * What to do about `trouble` after the `earlier` ones, all since the media last played well. Bounded: every chain of troubles
 * ends in `give-up`. `plainer` tells whether a plainer profile is left to try.
 */
export function remedy(earlier: readonly Trouble[], trouble: Trouble, plainer: boolean): Remedy {
  const before = earlier.filter(({ kind }) => kind === trouble.kind).length
  const giveUp = (code: FailureCode): Remedy => ({ do: 'give-up', failure: { code, detail: trouble.detail } })
  switch (trouble.kind) {
    case 'network': {
      const afterMs = networkDelaysMs[before]
      return afterMs === undefined
        ? giveUp('network')
        : { do: 'reload', afterMs, attempt: before + 1, of: networkDelaysMs.length }
    }
    case 'refused':
      // Another session would come to the same end of the same file.
      if (trouble.code === 'file-incomplete') return giveUp(trouble.code)
      return before < renewals
        ? { do: 'renew', afterMs: before * 1_000, attempt: before + 1, of: renewals }
        : giveUp(trouble.code ?? 'session-not-found')
    case 'media':
      if (before === 0) return { do: 'repair', afterMs: 0, attempt: 1, of: 1 }
      return plainer && before < 6 ? { do: 'convert' } : giveUp('media')
  }
}

/** Codes after which asking the server once more, a moment later, may well succeed. */
const passing: ReadonlySet<FailureCode> = new Set<FailureCode>(['network', 'unavailable', 'no-worker', 'conflict'])
const startDelaysMs = [1_000, 3_000, 6_000] as const
/** How long to wait before asking for a session again; null when there is no point, or it was tried often enough. */
export const startAgainAfterMs = (code: FailureCode, attempts: number): number | null =>
  passing.has(code) ? (startDelaysMs[attempts] ?? null) : null
