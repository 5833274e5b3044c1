import { join } from 'node:path'
import { realpathSync } from 'node:fs'
import { explained, type EmbeddedOptions, type EmbeddedServer } from './embedded.js'
import { lockFolder } from './folder-lock.js'
import { logFolder } from './postgres.js'
import { endAll, processesIn } from './processes.js'
import { redisBinary } from './redis-binary.js'
import { ownFolder, serversFolder, whoRuns } from './run-as.js'
import { emptySocketFolder, removeSocketFolder, socketFolder } from './socket-folder.js'
import { supervise } from './supervise.js'

/**
 * Starts a Redis, the machine's own program or the one that comes with this one, for passing state only: nothing is kept on
 * disk. `url` is for ioredis: `unix:///…/redis.sock`; other databases by `?db=<n>`. Throws `CannotStart`.
 */
export async function startEmbeddedRedis({ home, log, settings }: EmbeddedOptions): Promise<EmbeddedServer> {
  const user = whoRuns(join(home, 'servers/redis'), join(home, 'redis'))
  const folder = join(serversFolder(home, user), 'redis')
  ownFolder(folder, user)
  const lock = lockFolder(home, join(folder, 'lock'))
  try {
    const place = realpathSync(folder)
    const clear = (): Promise<void> =>
      endAll(() => processesIn(place, ['redis-server', 'valkey-server']), [{ signal: 'SIGKILL', patienceMs: 5_000 }])
    await clear()
    const command = await redisBinary(folder, user, process.env['PATH'] ?? '')
    const sockets = socketFolder(folder, 'redis.sock', user)
    const socket = join(sockets, 'redis.sock')
    const chosen = { ...redisSettings(socket), ...settings }
    const server = await supervise(
      {
        name: 'Redis',
        command,
        args: Object.entries(chosen).flatMap(([name, value]) => [`--${name}`, value]),
        folder,
        user,
        logFile: join(logFolder(home), 'redis.log'),
        readyWithinMs: 30_000,
        // There is nothing to save, and a polite end takes it up to a second at this `hz`.
        stop: [{ signal: 'SIGKILL', patienceMs: 5_000 }],
        async prepare() {
          await clear()
          emptySocketFolder(sockets)
        },
      },
      log,
    )
    const stop = async (): Promise<void> => {
      await server.stop()
      removeSocketFolder(folder)
      lock.release()
    }
    let stopped: Promise<void> | undefined
    return { url: `unix://${socket}`, stop: () => (stopped ??= stop()) }
  } catch (error) {
    lock.release()
    throw explained(error, folder)
  }
}

function redisSettings(socket: string): Readonly<Record<string, string>> {
  return {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    save: '',
    appendonly: 'no',
    // Bull needs errors, not evictions.
    maxmemory: '128mb',
    'maxmemory-policy': 'noeviction',
    // Housekeeping once a second: keys that nobody asks for may outlive their time by that much.
    hz: '1',
    loglevel: 'notice',
  }
}
