import type { Health } from '@projectionist/shared/api/system'

/** What a server makes before it can answer, as it does on a log that it has no read models of. */
export interface Preparation {
  /** Whether the library as a whole has to wait for it; else only some pages do. */
  readonly ofLibrary: boolean
  readonly percent: number
}

export interface PreparationParts {
  readonly ask: () => Promise<Health>
  /** Runs `work` after `ms`. */
  readonly after: (ms: number, work: () => void) => void
}

const againMs = 1000

const preparationOf = ({ status, percent, readModels }: Health): Preparation | null => {
  const ofLibrary = status === 'preparing'
  if (!ofLibrary && readModels.length === 0) return null
  return { ofLibrary, percent: ofLibrary ? (percent ?? 0) : Math.min(...readModels.map(each => each.percent)) }
}

/** Follows what the server is preparing, from when somebody has met it until it is done. */
export function createPreparation({ ask, after }: PreparationParts) {
  let state: Preparation | null = null
  let following = false
  const watchers = new Set<() => void>()
  const done = new Set<() => void>()

  const become = (next: Preparation | null) => {
    state = next
    for (const watcher of watchers) watcher()
  }
  const look = async (): Promise<void> => {
    try {
      const next = preparationOf(await ask())
      if (next) become(next)
      else {
        following = false
        become(null)
        for (const each of done) each()
        return
      }
    } catch {
      // A server that is away goes on when it is back.
    }
    after(againMs, () => void look())
  }

  return {
    state: () => state,
    watch(watcher: () => void) {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    /** An answer says that something is being prepared. */
    met() {
      if (following) return
      following = true
      void look()
    },
    /** Calls back when everything is there. */
    onDone(callback: () => void) {
      done.add(callback)
      return () => void done.delete(callback)
    },
  }
}
