import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runProgram, type Program } from '../../test/program.js'
import { startEmbeddedPostgres } from './postgres.js'
import { processesIn } from './processes.js'
import { canReach } from './run-as.js'

const NOBODY = 65534
const isRoot = process.getuid?.() === 0
const nobody = { name: 'nobody', uid: NOBODY, gid: NOBODY, other: true }
/** Root must not be able to read a checkout under /root as somebody else: then only root is tried. */
const users = [
  ...(isRoot ? [{ who: 'root', uid: undefined }] : []),
  ...(isRoot && canReach(nobody, fileURLToPath(import.meta.url)) ? [{ who: 'a plain user', uid: NOBODY }] : []),
  ...(isRoot ? [] : [{ who: 'this plain user', uid: undefined }]),
]

const homes: string[] = []
function freshHome(uid?: number, name = 'projectionist-home-'): string {
  const home = realpathSync(mkdtempSync(join(tmpdir(), name)))
  if (uid !== undefined) chownSync(home, uid, uid)
  homes.push(home)
  return home
}
const running: Program[] = []
async function run(home: string, uid?: number): Promise<Program> {
  const program = await runProgram(home, uid)
  running.push(program)
  return program
}
afterEach(async () => {
  for (const { pid, ended } of running.splice(0)) {
    try {
      process.kill(pid, 'SIGINT')
    } catch {
      // Ended in the test.
    }
    await ended
  }
  for (const home of homes.splice(0)) {
    await vi.waitFor(async () => expect(await serversOf(home)).toEqual([]), 10_000)
    rmSync(home, { recursive: true })
  }
})

const serversOf = async (home: string): Promise<readonly number[]> => [
  ...(await processesIn(join(home, 'postgres/data'), ['postgres'])),
  ...(await processesIn(join(home, 'redis'), ['redis-server', 'valkey-server'])),
]

async function sql<Row extends object>(url: string | undefined, text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url ?? '' })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

async function ping(url: string | undefined): Promise<string> {
  const redis = new Redis(url ?? '')
  try {
    return await redis.ping()
  } finally {
    redis.disconnect()
  }
}

describe.each(users)('as $who', ({ uid }) => {
  it('starts, keeps rows over a stop and a start, and leaves nothing running', async () => {
    const home = freshHome(uid)
    const first = await run(home, uid)
    expect(first.mistakes).toEqual([])
    await sql(first.urls[0], 'create table kept (n int); insert into kept values (1)')
    expect(await ping(first.urls[1])).toBe('PONG')
    process.kill(first.pid, 'SIGINT')
    expect(await first.ended).toEqual([0, null])
    expect(await serversOf(home)).toEqual([])

    const second = await run(home, uid)
    expect(await sql(second.urls[0], 'select n from kept')).toEqual([{ n: 1 }])
  })

  it('loses no commit and starts within 3 s when the program is killed', async () => {
    const home = freshHome(uid)
    const first = await run(home, uid)
    await sql(first.urls[0], 'create table kept (n int); insert into kept values (1)')
    process.kill(first.pid, 'SIGKILL')
    await first.ended

    const startedAt = performance.now()
    const second = await run(home, uid)
    expect(second.mistakes).toEqual([])
    expect(await sql(second.urls[0], 'select n from kept')).toEqual([{ n: 1 }])
    expect(performance.now() - startedAt).toBeLessThan(3000)
  })

  it('ends the servers when the program is killed, even if it never starts again', async () => {
    const home = freshHome(uid)
    const program = await run(home, uid)
    expect(await serversOf(home)).not.toEqual([])
    process.kill(program.pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await serversOf(home)).toEqual([]), 10_000)
  })

  it('takes over from servers that outlived both the program and its guard', async () => {
    const home = freshHome(uid)
    const first = await run(home, uid)
    await sql(first.urls[0], 'create table kept (n int); insert into kept values (1)')
    const guards = guardsOf(await serversOf(home))
    expect(guards).toHaveLength(2)
    for (const guard of guards) process.kill(guard, 'SIGKILL')
    process.kill(first.pid, 'SIGKILL')
    await first.ended
    expect(await serversOf(home)).not.toEqual([])

    const second = await run(home, uid)
    expect(second.mistakes).toEqual([])
    expect(await sql(second.urls[0], 'select n from kept')).toEqual([{ n: 1 }])
    expect(await ping(second.urls[1])).toBe('PONG')
  })

  it('brings a server back under the same address when that is killed', async () => {
    const home = freshHome(uid)
    const program = await run(home, uid)
    await sql(program.urls[0], 'create table kept (n int); insert into kept values (1)')
    for (const pid of await serversOf(home)) process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await sql(program.urls[0], 'select n from kept')).toEqual([{ n: 1 }]), 20_000)
    await vi.waitFor(async () => expect(await ping(program.urls[1])).toBe('PONG'), 20_000)
  })

  it('does not let two programs use one home', async () => {
    const home = freshHome(uid)
    const first = await run(home, uid)
    const second = await run(home, uid)
    expect(second.urls).toEqual([])
    expect(second.mistakes[0]).toContain(`Projectionist already runs on ${home} (process ${first.pid})`)
    expect(await ping(first.urls[1])).toBe('PONG')
  })
})

it('keeps its servers out of the way of Ctrl-C, which a terminal sends to the whole group', async () => {
  const home = freshHome()
  const program = await run(home)
  process.kill(-program.pid, 'SIGINT')
  expect(await program.ended).toEqual([0, null])
  expect(existsSync(join(home, 'postgres/data/postmaster.pid'))).toBe(false)
})

describe('PostgreSQL', () => {
  const log = { info: () => undefined, warn: () => undefined }

  it('starts over a pid file whose number is another process by now', async () => {
    const home = freshHome()
    await (await startEmbeddedPostgres({ home, log })).stop()
    const data = join(home, 'postgres/data')
    writeFileSync(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n${Date.now()}\n5432\n\n\n`)
    const server = await startEmbeddedPostgres({ home, log })
    await server.stop()
  })

  it('has a short socket where the folder has a long name', async () => {
    const home = freshHome(undefined, `${'long-'.repeat(25)}`)
    const server = await startEmbeddedPostgres({ home, log })
    expect(await sql(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    const folder = new URL(server.url).searchParams.get('host') ?? ''
    await server.stop()
    expect(existsSync(folder)).toBe(false)
  })

  it('says what to do about data of another major version', async () => {
    const home = freshHome()
    await (await startEmbeddedPostgres({ home, log })).stop()
    writeFileSync(join(home, 'postgres/data/PG_VERSION'), '17\n')
    await expect(startEmbeddedPostgres({ home, log })).rejects.toThrow(/is PostgreSQL 17's, .* DATABASE_URL/)
  })

  it('says what to do when a file is in the way of its folder', async () => {
    const home = freshHome()
    writeFileSync(join(home, 'postgres'), '')
    await expect(startEmbeddedPostgres({ home, log })).rejects.toThrow(/a file is in the way of the folder .*postgres: move it/)
  })

  it('tells the last words of a server that does not start, and frees the folder', async () => {
    const home = freshHome()
    await expect(startEmbeddedPostgres({ home, log, settings: { shared_buffers: 'lots' } })).rejects.toThrow(
      /did not start .*shared_buffers/s,
    )
    await (await startEmbeddedPostgres({ home, log })).stop()
  })
})

/** Ids of the processes that guard the processes `pids`. */
function guardsOf(pids: readonly number[]): readonly number[] {
  const commandOf = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch {
      return ''
    }
  }
  const guarding = (pid: string): boolean => pids.some(guarded => commandOf(pid).endsWith(`\0guard\0${guarded}\0INT\0`))
  return readdirSync('/proc').filter(guarding).map(Number)
}
