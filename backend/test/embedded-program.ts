import { startEmbeddedPostgres } from '../src/embedded/postgres.js'
import { startEmbeddedRedis } from '../src/embedded/redis.js'

/** A program that has nothing but its embedded servers: `embedded-program.ts <home>`. Prints their addresses, or what is wrong. */
const log = { info: () => undefined, warn: (message: string) => void process.stderr.write(`${message}\n`) }
const options = { home: process.argv[2] ?? '', log }
const started = await Promise.allSettled([startEmbeddedPostgres(options), startEmbeddedRedis(options)])
const servers = started.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
const stop = async (code: number): Promise<never> => {
  await Promise.all(servers.map(server => server.stop()))
  process.exit(code)
}

process.on('SIGINT', () => void stop(0))
const mistakes = started.flatMap(result => (result.status === 'rejected' ? [String(result.reason)] : []))
process.stdout.write(`${JSON.stringify({ urls: servers.map(server => server.url), mistakes })}\n`)
if (mistakes.length > 0) await stop(1)
