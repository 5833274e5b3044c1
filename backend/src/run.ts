import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { networkInterfaces } from 'node:os'
import { readConfig, type Config } from './config.js'
import { isOwnDatabase } from './event-stores.js'
import { explain, explainDatabase } from './explain.js'
import { CannotStart } from './embedded/embedded.js'
import { startEmbeddedPostgres } from './embedded/postgres.js'
import { startEmbeddedRedis } from './embedded/redis.js'
import { endpoints } from '@projectionist/shared/api/all'
import { checkEveryEndpoint } from './platform/http/every-endpoint.js'
import { buildHttpServer, controllersOf } from './http-server.js'
import { openParts } from './parts.js'
import { Health } from './platform/http/health.js'
import { makeLogger } from './platform/telemetry/logger.js'
import { SetUpState } from './platform/set-up-state.js'
import { SetupCode } from './slices/accounts/setup-code.js'

const AT_ONCE_AFTER_MS = 1500

interface Stoppable {
  stop(): Promise<void>
}

/** Starts the program and keeps it until a signal says otherwise. Explains in one message what keeps it from starting. */
export async function run(environment: NodeJS.ProcessEnv, randomNode: () => string): Promise<void> {
  const started: Stoppable[] = []
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= stopAll(started))
  let asked = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      const now = Date.now()
      if (!stopping) {
        asked = now
        say('Stopping …')
        void stop().then(() => process.exit(0))
        // npm passes on a Ctrl-C that the terminal has sent us already: only a later one means at once.
      } else if (now - asked > AT_ONCE_AFTER_MS) process.exit(1)
    })
  try {
    await start(readConfig(environment, randomNode), started, () => stopping !== undefined)
  } catch (error) {
    if (!stopping) say(explain(error, environment))
    await stop()
    process.exit(1)
  }
}

async function start(config: Config, started: Stoppable[], cancelled: () => boolean): Promise<void> {
  await makeHome(config.home)
  const log = makeLogger(config.logLevel)
  const embedded = { home: config.home, log }
  const keep = async <T extends Stoppable>(starting: Promise<T>): Promise<T> => {
    const server = await starting
    started.push(server)
    return server
  }
  const [database, redis] = await Promise.all([
    config.databaseUrl ?? keep(startEmbeddedPostgres(embedded)).then(({ url }) => url),
    config.redisUrl ?? keep(startEmbeddedRedis(embedded)).then(({ url }) => url),
  ])
  if (cancelled()) return
  const parts = await openParts(config, { databaseUrl: database, redisUrl: redis }, log).catch((error: unknown) => {
    const words = config.databaseUrl && explainDatabase(error, config.databaseUrl)
    throw words ? new CannotStart(words, { cause: error }) : error
  })
  started.push({ stop: () => parts.close() })
  if (config.redisUrl && !(await parts.live.ping()))
    log.warn(`Redis at ${new URL(config.redisUrl).host || config.redisUrl} cannot be reached. Scans and conversions wait for it: start it, or correct REDIS_URL.`)
  const health = new Health()
  health.register('PostgreSQL', () => parts.sql.query('select 1').then(() => undefined, () => 'cannot be reached'))
  if (!isOwnDatabase(config.eventStore))
    health.register('Event store', () => parts.store.head().then(() => undefined, () => 'cannot be reached'))
  health.register('Redis', async () => ((await parts.live.ping()) ? undefined : 'cannot be reached'))
  for (const { name } of config.roles.has('projector') ? parts.projector.projections : [])
    health.register(`projection ${name}`, () => {
      const state = parts.projector.states.find(each => each.name === name)?.state
      if (state?.state === 'faulted') return Promise.resolve(`stands still at an event it cannot take (position ${state.position})`)
      return Promise.resolve(state?.trouble === undefined ? undefined : `cannot go on for now: ${state.trouble}`)
    })
  const app = await buildHttpServer(parts, health)
  started.push({ stop: () => app.close() })
  await app.init()
  checkEveryEndpoint(endpoints, controllersOf(app))
  if (cancelled()) return
  if (config.roles.has('projector')) parts.projector.start()
  // The code lies ready before anybody can ask for it.
  const open = config.roles.has('api') && !(await app.get(SetUpState).isSetUp())
  const setupCode = open ? await app.get(SetupCode).open() : undefined
  await app.listen(config.port, config.host)
  greet(Number(new URL(await app.getUrl()).port), config.host, setupCode)
}

/** Servers that run as another user have to get through it, though not to look around. */
async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(dirname(home), { recursive: true })
    await mkdir(home, { mode: 0o711 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    throw new CannotStart(`The folder ${home} cannot be made (${code}). Choose another with PROJECTIONIST_HOME=….`)
  }
}

function greet(port: number, host: string, setupCode: string | undefined): void {
  const others = ['0.0.0.0', '::'].includes(host) ? addresses() : []
  const urls = [`http://localhost:${port}`, ...others.map(address => `http://${address}:${port}`)]
  say(`Projectionist runs at ${urls.join(' and ')}`)
  if (setupCode) say(`\n  To set it up, open ${urls[0]}/setup?code=${setupCode}\n  Set-up code: ${setupCode}\n`)
  say('Press Ctrl-C to stop.')
}

const addresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)

/** In the reverse order of their start; one that fails does not keep the others. */
async function stopAll(started: Stoppable[]): Promise<void> {
  for (const each of started.reverse()) await each.stop().catch((error: unknown) => say(`While stopping: ${String(error)}`))
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)
