import type { Prober, ProbeRequest, ProbeResult } from '../../platform/media/probing.js'
import { ChildLost, childPool } from '../../platform/processes/child-pool.js'
import { compiled } from '../../platform/processes/compiled.js'

/**
 * A prober that works in child processes, `size` files at once. A file that kills its child twice is `damaged`, one that takes
 * longer than `timeoutMs` is `too-slow`.
 */
export function processProber({ size = 2, timeoutMs = 60_000, idleMs = 30_000 } = {}): Prober & { readonly children: number } {
  const pool = childPool<ProbeRequest, ProbeResult>({ entry: compiled(import.meta.url, './probe-child.js'), size, timeoutMs, idleMs })
  return {
    get children() {
      return pool.children
    },
    async probe(request, signal) {
      try {
        return await pool.run(request, signal).catch((error: unknown) => {
          // What ended it may have been another file's memory, or somebody: only who does it twice did it.
          if (error instanceof ChildLost && error.code === 'crashed' && !signal?.aborted) return pool.run(request, signal)
          throw error
        })
      } catch (error) {
        if (signal?.aborted) throw error
        if (error instanceof ChildLost && error.code === 'too-slow') {
          return { outcome: 'failed', code: 'too-slow', detail: `It could not be read within ${Math.round(timeoutMs / 1000)} s. Its disk may be slow or failing.` }
        }
        return { outcome: 'failed', code: 'damaged', detail: 'It cannot be read: the program that tried to was stopped by it.' }
      }
    },
    close: () => pool.close(),
  }
}
