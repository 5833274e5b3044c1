import { parseArgs } from 'node:util'
import { eventStoreAddress, readConfig, type Config } from '../config.js'
import { CannotStart } from '../embedded/embedded.js'
import { copyLog, CopyRefused, type CopyProgress } from '../platform/eventing/copy-log.js'
import { StoreUnavailable, type EventStore } from '../platform/eventing/event-store.js'
import { say, UsageError, type Commands } from './command.js'

/** The log itself. */
export const eventsCommands: Commands = {
  'events copy': {
    usage: 'events copy --from <address> --to <address>',
    does: 'copies all events to another, empty event store; goes on where it was interrupted. Addresses are those of EVENT_STORE',
    async run(args) {
      const { from, to } = addresses(args)
      const stop = new AbortController()
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
      const opened: Closeable[] = []
      try {
        const stores = await open(
          readConfig(process.env, () => 'cli'),
          { from, to },
          opened,
        )
        const { events, copied, deletedStreams, hash } = await copyLog(stores.from, stores.to, {
          signal: stop.signal,
          report: progressPrinter(),
        })
        say(
          `${count(events)} events, ${count(copied)} of them new, ${count(deletedStreams)} deleted streams. Both are the same: ${hash}`,
        )
        return 0
      } catch (error) {
        if (stop.signal.aborted) say('Stopped. Run the same again to go on.')
        else if (error instanceof StoreUnavailable) say(`${error.message}. Run the same again to go on.`)
        else if (error instanceof CopyRefused || error instanceof CannotStart) say(error.message)
        else throw error
        return 1
      } finally {
        for (const each of opened.toReversed()) await each.close()
      }
    },
  },
}

interface Closeable {
  close(): Promise<unknown>
}

function addresses(args: readonly string[]): { from: string; to: string } {
  const options = { from: { type: 'string' }, to: { type: 'string' } } as const
  let values: { from?: string; to?: string }
  try {
    ;({ values } = parseArgs({ args: [...args], options }))
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  const { from, to } = values
  if (!from || !to) throw new UsageError('From where to where? postgres: is the database that the program uses.')
  for (const [option, address] of Object.entries({ from, to })) {
    const { error } = eventStoreAddress.safeParse(address)
    if (error) throw new UsageError(`--${option} ${error.issues[0]!.message}.`)
  }
  return { from, to }
}

/** Opens both, and what they need; `opened` is to be closed in the reverse order. */
async function open(
  config: Config,
  { from, to }: { from: string; to: string },
  opened: Closeable[],
): Promise<{ from: EventStore; to: EventStore }> {
  const { isOwnDatabase, openEventStore } = await import('../event-stores.js')
  const own = [from, to].some(isOwnDatabase) ? await ownDatabase(config, opened) : ''
  const keep = async (address: string, setting: string): Promise<EventStore> => {
    const store = await openEventStore(isOwnDatabase(address) ? own : address, undefined, setting)
    opened.push(store)
    return store
  }
  return { from: await keep(from, '--from'), to: await keep(to, '--to') }
}

/** Where the program's own database is: the one configured, else the one that comes along, which is started if need be. */
async function ownDatabase({ databaseUrl, home }: Config, opened: Closeable[]): Promise<string> {
  if (databaseUrl) return databaseUrl
  const { startEmbeddedPostgres } = await import('../embedded/postgres.js')
  const server = await startEmbeddedPostgres({ home, log: { info: () => {}, warn: say } })
  opened.push({ close: () => server.stop() })
  return server.url
}

const PRINT_EVERY_MS = 2000
const words = { comparing: 'compared', copying: 'copied', verifying: 'verified' } as const

function progressPrinter(): (progress: CopyProgress) => void {
  let printed = Date.now()
  return ({ phase, events, share }) => {
    if (Date.now() - printed < PRINT_EVERY_MS) return
    printed = Date.now()
    say(`  ${words[phase]} ${count(events)} events, ${Math.floor(share * 100)} %`)
  }
}

const count = (value: number): string => value.toLocaleString('en')
