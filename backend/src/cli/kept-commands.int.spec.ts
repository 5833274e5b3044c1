import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../test/program.js'

const cli = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'projectionist-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs an operator's command, as built, on a home, with `input` coming in by a pipe. */
async function run(
  home: string,
  args: readonly string[],
  { input = '', ...environment }: Record<string, string> = {},
): Promise<readonly [code: number, said: string]> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [cli, ...args], { env: { PATH, PROJECTIONIST_HOME: join(folder, home), ...environment } })
  child.stdin.end(input)
  const ended = new Promise<number>(resolve => child.once('close', resolve))
  const [said, wrong] = await Promise.all([text(child.stdout), text(child.stderr)])
  return [await ended, said + wrong]
}

/** Each runs a program or two of its own. */
describe('the operator’s commands', { timeout: 120_000 }, () => {
  const backup = join(folder, 'backup')

  it('find the servers of a program that runs, and start them where none does', async () => {
    const program = await runProgram(join(folder, 'home'))
    expect(await run('home', ['users', 'list'])).toEqual([0, expect.stringContaining('Nobody has an account yet')])
    expect(await run('home', ['backup', backup])).toEqual([0, expect.stringContaining(`Backed up 0 events and 0 accounts`)])
    expect(await run('home', ['restore', backup])).toEqual([1, expect.stringContaining('Projectionist runs on this place')])
    process.kill(program.pid, 'SIGINT')
    await program.ended
    expect(await run('home', ['backup', backup])).toEqual([0, expect.stringContaining('0 new events')])
    expect(await run('home', ['backup', 'verify', backup])).toEqual([0, expect.stringContaining('Whole: 0 events')])
    expect(await run('new', ['restore', backup])).toEqual([0, expect.stringContaining('Restored 0 events')])
    for (const name of readdirSync(backup))
      if (/manifest|zst/.test(name)) expect([name, statSync(join(backup, name)).mode & 0o777]).toEqual([name, 0o600])
  })

  it('seal a backup when asked to', async () => {
    const secret = { PROJECTIONIST_BACKUP_PASSPHRASE: 'correct horse' }
    const sealed = join(folder, 'sealed')
    expect(await run('home', ['backup', sealed, '--passphrase'], { input: 'short\n' })).toEqual([
      1,
      expect.stringContaining('at least 8 characters'),
    ])
    expect(await run('home', ['backup', sealed, '--passphrase'], { input: 'correct horse\n' })).toEqual([
      0,
      expect.stringContaining('Backed up'),
    ])
    expect(await run('home', ['backup', sealed])).toEqual([1, expect.stringContaining('is sealed')])
    expect(await run('home', ['backup', 'verify', sealed], secret)).toEqual([0, expect.stringContaining('Whole')])
    expect(await run('home', ['backup', 'verify', sealed], { input: 'wrong horse\n' })).toEqual([
      1,
      expect.stringContaining('not the passphrase'),
    ])
  })

  it('record that a rebuild was asked for', async () => {
    expect(await run('home', ['projections', 'rebuild', 'users'])).toEqual([0, expect.stringContaining('does not run')])
    expect(await run('home', ['backup', backup])).toEqual([0, expect.stringContaining('1 new event,')])
  })

  it('say what is wrong in a sentence', async () => {
    expect(await run('nowhere', ['backup', join(folder, 'other')])).toEqual([1, expect.stringContaining('Nothing is kept in')])
    expect(await run('home', ['backup', folder])).toEqual([1, expect.stringContaining('holds other things')])
    expect(await run('home', ['backup', 'verify', folder])).toEqual([1, expect.stringContaining('There is no backup in')])
    expect(await run('home', ['backup'])).toEqual([2, expect.stringContaining('Name one folder')])
    expect(await run('home', ['users', 'reset-password', 'Nobody'])).toEqual([
      1,
      expect.stringContaining('There is nobody called Nobody'),
    ])
  })
})
