import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../test/postgres.js'
import { openEventStore } from '../event-stores.js'
import { UsageError } from './command.js'
import { eventsCommands } from './events.js'

const databases: TestDatabase[] = []
afterAll(() => Promise.all(databases.map(database => database.drop())))
afterEach(() => {
  vi.restoreAllMocks()
})

const fresh = async (): Promise<string> => {
  const database = await freshDatabase()
  databases.push(database)
  return database.url
}

/** Runs the command; its exit code and what it printed. */
async function copy(...args: string[]): Promise<{ code: number; printed: string }> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  write.mockClear()
  const code = await eventsCommands['events copy']!.run(args)
  return { code, printed: write.mock.calls.map(([text]) => String(text)).join('') }
}

describe('projectionist events copy', () => {
  it('copies a log from one address to another, and says what became of it', async () => {
    const [from, to] = [await fresh(), await fresh()]
    const source = await openEventStore(from)
    const id = randomUUID()
    const metadata = {
      version: 1,
      commandId: id,
      correlationId: id,
      causationId: id,
      actor: { kind: 'process', name: 'spec' },
      reason: 'spec',
      time: '2026-01-01T00:00:00.000Z',
    } as const
    await source.append({
      streamId: 'scan-1',
      expected: 'no-stream',
      events: [{ id, type: 'ScanCompleted', data: {}, metadata }],
    })
    await source.close()

    const first = await copy('--from', from, '--to', to)
    expect(first.printed).toMatch(/^1 events, 1 of them new, 0 deleted streams\. Both are the same: [0-9a-f]{64}\n$/)
    expect(first.code).toBe(0)
    expect((await copy('--from', from, '--to', to)).printed).toContain('1 events, 0 of them new')
    const target = await openEventStore(to)
    expect(await target.read('scan-1')).toMatchObject([{ id, type: 'ScanCompleted', metadata }])
    await target.close()
    expect(await copy('--from', to, '--to', to)).toEqual({ code: 1, printed: 'Both addresses are the same log.\n' })
  })

  it('says what is wrong with an address, and what it wants', async () => {
    const url = await fresh()
    await expect(copy('--from', url)).rejects.toThrow(UsageError)
    await expect(copy('--from', url, '--to', 'mongodb://x')).rejects.toThrow(/^--to has to start with postgres/)
    await expect(copy('--form', url)).rejects.toThrow(/--form/)
    const away = await copy('--from', url, '--to', 'postgres://u:hunter2@127.0.0.1:1/x')
    expect(away.code).toBe(1)
    expect(away.printed).toMatch(/^PostgreSQL at 127\.0\.0\.1:1\/x cannot be reached .* or correct --to\.\n$/)
  })
})
