import { StoreUnavailable } from '../../../platform/eventing/event-store.js'
import { inPort } from './failures.js'

/**
 * Waits for an answer, at most so long. Deadlines of the clients do not guard against a server that is frozen. Throws
 * `StoreUnavailable` when there is none in time; whether what was asked for was done is unknown then.
 */
export async function answered<T>(asking: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ServerSilent(patienceMs)), patienceMs)
  })
  try {
    return await Promise.race([asking, silence])
  } catch (error) {
    throw inPort(error)
  } finally {
    clearTimeout(timer)
  }
}

/** All that a reading gives. Throws `StoreUnavailable` when nothing comes for so long, however much came before. */
export function gathered<T>(reading: AsyncIterable<T>, patienceMs: number): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const all: T[] = []
    const timer = setTimeout(() => {
      ;(reading as { cancel?: () => Promise<void> }).cancel?.().catch(() => {})
      reject(new ServerSilent(patienceMs))
    }, patienceMs)
    const gather = async (): Promise<void> => {
      for await (const one of reading) {
        all.push(one)
        timer.refresh()
      }
    }
    gather()
      .then(
        () => resolve(all),
        (error: unknown) => reject(inPort(error)),
      )
      .finally(() => clearTimeout(timer))
  })
}

/** The server does not answer: what hangs in the connection hangs for good, so that a new one is due. */
export class ServerSilent extends StoreUnavailable {
  constructor(patienceMs: number) {
    super(`EventStoreDB did not answer within ${patienceMs / 1000} s`)
  }
}
