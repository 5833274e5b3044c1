import { availableParallelism, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const roles = ['api', 'projector', 'worker'] as const
export type Role = (typeof roles)[number]

const url = (...schemes: string[]) =>
  z.string().refine(value => schemes.some(scheme => value.startsWith(`${scheme}:`)), { error: `has to start with ${schemes.map(scheme => `${scheme}://`).join(' or ')}` })
const noAddress = { error: 'is no address; signs such as / # [ ] in a password are written %2F %23 %5B %5D' }
const server = (...schemes: string[]) => url(...schemes).refine(URL.canParse, noAddress)

/** Where a log is kept. Those of a cluster name several servers, which no `URL` takes: their client looks at them. */
export const eventStoreAddress = url('postgres', 'postgresql', 'esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover', 'memory').refine(
  value => !value.startsWith('postgres') || URL.canParse(value),
  noAddress,
)

const whole = (least: number, most: number) => {
  const error = `has to be a whole number from ${least} to ${most}`
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}

const Environment = z.object({
  PORT: whole(0, 65535).default(2160),
  HOST: z.string().default('0.0.0.0'),
  PROJECTIONIST_HOME: z.string().min(1).transform(path => resolve(path)).default(join(homedir(), '.projectionist')),
  PROJECTIONIST_ROLES: z
    .string()
    .default(roles.join(','))
    .transform(value => value.split(',').map(role => role.trim()).filter(Boolean))
    .pipe(z.array(z.enum(roles)).min(1)),
  PROJECTIONIST_NODE: z.string().min(1).max(60).optional(),
  /** Address under which other nodes reach this one when it is a worker. */
  WORKER_HOST: z.string().default('127.0.0.1'),
  WORKER_PORT: whole(0, 65535).default(0),
  DATABASE_URL: server('postgres', 'postgresql').optional(),
  DATABASE_POOL: whole(2, 200).default(10),
  REDIS_URL: server('redis', 'rediss', 'unix').optional(),
  EVENT_STORE: eventStoreAddress.default('postgres:'),
  FFMPEG_PATH: z.string().min(1).optional(),
  PATH: z.string().optional(),
  TRANSCODES: whole(1, 64).default(Math.max(2, Math.ceil(availableParallelism() / 2))),
  /** Seals and opens backups, where it is not asked for on a terminal. */
  PROJECTIONIST_BACKUP_PASSPHRASE: z.string().min(8, 'needs at least 8 characters').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  TRUST_PROXY: z.stringbool().default(false),
  /** Cookies only over HTTPS. Off by default, since most homes have none inside. */
  SECURE_COOKIES: z.stringbool().default(false),
})

export interface Config {
  readonly port: number
  readonly host: string
  readonly home: string
  readonly roles: ReadonlySet<Role>
  readonly node: string
  readonly worker: { readonly host: string; readonly port: number; readonly transcodes: number }
  readonly databaseUrl: string | undefined
  readonly databasePool: number
  readonly redisUrl: string | undefined
  readonly eventStore: string
  readonly ffmpegPath: string | undefined
  /** Where programs are looked for. */
  readonly searchPath: string | undefined
  readonly backupPassphrase: string | undefined
  readonly logLevel: string
  readonly trustProxy: boolean
  readonly secureCookies: boolean
}

/** The environment is not as it should be. The message names every mistake. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads and checks the environment, once. Throws `ConfigError` with all mistakes. */
export function readConfig(environment: NodeJS.ProcessEnv, randomNode: () => string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = Environment.safeParse(given)
  if (!result.success) {
    const mistakes = result.error.issues.map(({ path, message }) => `  ${path[0]?.toString() ?? ''}: ${message}`)
    throw new ConfigError(`The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${mistakes.join('\n')}`)
  }
  const env = result.data
  return Object.freeze({
    port: env.PORT,
    host: env.HOST,
    home: env.PROJECTIONIST_HOME,
    roles: new Set(env.PROJECTIONIST_ROLES),
    node: env.PROJECTIONIST_NODE ?? randomNode(),
    worker: { host: env.WORKER_HOST, port: env.WORKER_PORT, transcodes: env.TRANSCODES },
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    redisUrl: env.REDIS_URL,
    eventStore: env.EVENT_STORE,
    ffmpegPath: env.FFMPEG_PATH,
    searchPath: env.PATH,
    backupPassphrase: env.PROJECTIONIST_BACKUP_PASSPHRASE,
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY,
    secureCookies: env.SECURE_COOKIES,
  })
}
