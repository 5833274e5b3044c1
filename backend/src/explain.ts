import { hostname } from 'node:os'
import { ConfigError } from './config.js'
import { EventStoreMisconfigured } from './adapters/event-store/eventstoredb/failures.js'
import { CannotStart } from './embedded/embedded.js'
import { BackupError } from './platform/backup/backup-error.js'
import { StoreUnavailable } from './platform/eventing/event-store.js'
import { isConnectionLoss } from './platform/sql/sql.js'

/** What keeps the program from starting, in words that say what to do about it. */
export function explain(error: unknown, { HOST = '0.0.0.0' }: NodeJS.ProcessEnv): string {
  const { code, message, port, syscall } = error as NodeJS.ErrnoException & { port?: number }
  if (error instanceof ConfigError || error instanceof CannotStart || error instanceof BackupError) return message
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use on ${hostname()}: perhaps Projectionist runs already. Stop what uses it, or choose another with PORT=… (WORKER_PORT=… for a worker's).`
  if (code === 'EADDRNOTAVAIL' || (code === 'ENOTFOUND' && syscall === 'getaddrinfo'))
    return `HOST is ${HOST}, which is no address of this machine (${message}). Leave it out to listen on all of them.`
  if (code === 'EACCES' && syscall === 'listen') return `Port ${port} may not be opened by this user. Choose one above 1023 with PORT=….`
  if (code === 'EACCES') return `Permission denied: ${message}`
  return `Projectionist could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

/** PostgreSQL's ways to turn somebody away: no such user or password, no such database, not allowed, no room, not this encoding. */
const REFUSED = /^(28|3D|42501|53|0A)/

/** What is wrong with a server of PostgreSQL that somebody named; undefined when it is something else. Keeps the password out. */
export function explainDatabase(error: unknown, url: string): string | undefined {
  const { code = '', message } = error as NodeJS.ErrnoException
  const { host, pathname } = new URL(url)
  if (isConnectionLoss(error)) return `PostgreSQL at ${host}${pathname} cannot be reached (${message}). Start it, or correct DATABASE_URL.`
  if (REFUSED.test(code)) return `PostgreSQL at ${host}${pathname} refuses (${message}). Correct it there, or DATABASE_URL.`
  return undefined
}

/** What TLS says of a server that does not speak it, or whose certificate nobody vouches for. */
const TLS = /certificate|self.signed|SSL|TLS|issuer|EPROTO|wrong version number|InvalidContentType/i

/** What is wrong with the event store that somebody named; undefined when it is something else. Keeps the password out. */
export function explainEventStore(error: unknown, url: string, setting = 'EVENT_STORE'): string | undefined {
  if (url.startsWith('postgres'))
    return explainDatabase(error instanceof StoreUnavailable ? error.cause : error, url)?.replace('DATABASE_URL', setting)
  const where = `The event store at ${placesOf(url)}`
  const because = reasonsOf(error)
  if (error instanceof EventStoreMisconfigured) return `${where} cannot be used: ${error.message}. Correct ${setting}.`
  if (!(error instanceof StoreUnavailable)) return undefined
  if (TLS.test(because))
    return `${where} and this program do not agree on TLS (${because}). For a server without it add ?tls=false to ${setting}; for a certificate of your own name its authority by tlsCaFile=….`
  return `${where} cannot be reached (${because}). Start it, or correct ${setting}. A server without TLS needs ?tls=false.`
}

/** An address without user, password and options. */
const placesOf = (url: string): string => url.replace(/\?.*$/s, '').replace(/\/\/.*@/s, '//')

/** The innermost message, which is the one that says why, without what gRPC wraps around it. */
const reasonsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  if (cause !== undefined) return reasonsOf(cause)
  return (/Last error: (?:Error: )?(.+?)\.? Resolution note/s.exec(message)?.[1] ?? message).replace(/:\.\.\/.*/s, '')
}
