import type { Me, Tokens } from '@projectionist/shared/api/accounts'

/** Who is signed in here. `unknown` until the first refresh has answered. */
export type SessionState =
  { readonly status: 'unknown' } | { readonly status: 'signed-out' } | { readonly status: 'signed-in'; readonly me: Me }

/** An access token and when it lapses, ms since 1970 by this device's clock. */
export interface Access {
  readonly accessToken: string
  readonly expiresAt: number
  readonly me: Me
}

export interface SessionParts {
  /** One refresh by the cookie; null when the session has ended, throws when the server cannot be reached. */
  readonly refresh: () => Promise<Tokens | null>
  /** Runs work while no other tab of this browser does; a refresh token may be used once only. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>
  /** Tells other tabs; they `adopt` what they hear. */
  readonly announce: (access: Access | null) => void
  readonly now: () => number
}

/** A token this close to its end is renewed before it is used. */
const marginMs = 30_000

export type Session = ReturnType<typeof createSession>

/**
 * Keeps the access token in memory and renews it by the refresh cookie: before it lapses, once for any number of callers, and
 * one tab at a time, since a refresh token used twice ends the session everywhere.
 */
export function createSession({ refresh, exclusively, announce, now }: SessionParts) {
  let access: Access | null = null
  let state: SessionState = { status: 'unknown' }
  let renewal: Promise<string | null> | null = null
  const watchers = new Set<() => void>()

  const become = (next: Access | null) => {
    access = next
    if (next ? state.status !== 'signed-in' || !sameMe(state.me, next.me) : state.status !== 'signed-out')
      state = next ? { status: 'signed-in', me: next.me } : { status: 'signed-out' }
    for (const watcher of watchers) watcher()
  }
  const accept = (tokens: Tokens) => {
    become({ accessToken: tokens.accessToken, expiresAt: now() + tokens.expiresIn * 1000, me: tokens.user })
    announce(access)
  }
  const fresh = (rejected?: string) =>
    access && access.accessToken !== rejected && access.expiresAt - now() > marginMs ? access.accessToken : null

  const renew = (rejected?: string): Promise<string | null> =>
    (renewal ??= exclusively(async () => {
      const adopted = fresh(rejected)
      if (adopted) return adopted
      const tokens = await refresh()
      if (tokens) accept(tokens)
      else {
        become(null)
        announce(null)
      }
      return access?.accessToken ?? null
    }).finally(() => (renewal = null)))

  return {
    state: () => state,
    /** Calls back whenever the token or the person changes. */
    watch(watcher: () => void) {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    /** Takes what a sign-in or set-up answered. */
    accept,
    /** Takes what another tab announced. */
    adopt: become,
    /** Takes what is known of the person by now; answers whether anything about them has changed. */
    meet(me: Me): boolean {
      if (!access || state.status !== 'signed-in' || sameMe(state.me, me)) return false
      become({ ...access, me })
      announce(access)
      return true
    },
    /** Forgets the token; the server was told before. */
    end() {
      become(null)
      announce(null)
    },
    /** A token good for a while yet, null when signed out. Pass the token a 401 refused, to get another. */
    async token(rejected?: string): Promise<string | null> {
      if (state.status === 'signed-out') return null
      return fresh(rejected) ?? renew(rejected)
    },
  }
}

const sameMe = (a: Me, b: Me) => JSON.stringify(a) === JSON.stringify(b)
