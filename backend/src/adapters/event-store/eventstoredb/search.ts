import type { Client, LogPosition, ResolvedEvent } from './client.js'
import { inPort } from './failures.js'
import { ServerSilent } from './patience.js'

/** Between two signs of life the server looks at so many events, times 32. */
const CHECKPOINTS = 256

/**
 * The next events of some types after a position, at most so many; fewer at the end of the log. For the client that does not
 * filter what it reads: a subscription does, on the server, and says when it has caught up. Throws `StoreUnavailable` when the
 * server falls silent.
 */
export function searched(
  client: Client,
  after: LogPosition,
  types: readonly string[],
  most: number,
  patienceMs: number,
): Promise<ResolvedEvent[]> {
  return new Promise((resolve, reject) => {
    const found: ResolvedEvent[] = []
    let caughtUp = false
    const subscription = client.subscribeToAll({
      fromPosition: after,
      filter: {
        filterOn: 'eventType',
        prefixes: types,
        checkpointInterval: CHECKPOINTS,
        checkpointReached: () => void timer.refresh(),
      },
    })
    const finish = (settle: () => void): void => {
      clearTimeout(timer)
      void subscription.unsubscribe().catch(() => {})
      subscription.destroy()
      settle()
    }
    const timer = setTimeout(() => finish(() => reject(new ServerSilent(patienceMs))), patienceMs)
    // It is said when it happens, though events from before may still be on their way through the stream.
    const done = (): boolean => found.length === most || (caughtUp && subscription.readableLength === 0)
    subscription
      .on('data', event => {
        timer.refresh()
        if (found.length < most) found.push(event)
        if (done()) finish(() => resolve(found))
      })
      .on('caughtUp', () => {
        caughtUp = true
        if (done()) finish(() => resolve(found))
      })
      .on('error', error => finish(() => reject(inPort(error) as Error)))
  })
}
