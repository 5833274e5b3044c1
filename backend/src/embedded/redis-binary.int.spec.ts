import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { redisBinary } from './redis-binary.js'

const folder = mkdtempSync(join(tmpdir(), 'projectionist-redis-'))
afterAll(() => rmSync(folder, { recursive: true }))
const me = { name: userInfo().username, uid: userInfo().uid, gid: userInfo().gid, other: false }
const path = join(folder, 'bin')
mkdirSync(path)
const program = (name: string, version: string): void =>
  writeFileSync(join(path, name), `#!/bin/sh\necho '${version}'\n`, { mode: 0o755 })

it('makes the server that comes with the program run on this machine', async () => {
  const binary = await redisBinary(folder, me, '')
  const { stdout, stderr, status } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  expect({ stdout, stderr, status }).toEqual({
    stdout: expect.stringMatching(/^Redis server v=8/) as string,
    stderr: '',
    status: 0,
  })
})

it("prefers the machine's own server, if it is not too old", async () => {
  program('valkey-server', 'Valkey server v=8.1.0 sha=0')
  expect(await redisBinary(folder, me, path)).toBe(join(path, 'valkey-server'))
  program('valkey-server', 'Redis server v=6.0.16 sha=0')
  expect(await redisBinary(folder, me, path)).not.toBe(join(path, 'valkey-server'))
})
