import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeWorkerFolder } from './worker-folder.js'

let all: string
beforeEach(async () => void (all = await mkdtemp(join(tmpdir(), 'projectionist-segments-'))))
afterEach(() => rm(all, { recursive: true, force: true }))

async function left(name: string, owner?: object): Promise<void> {
  await mkdir(join(all, name, 'session'), { recursive: true })
  if (owner) await writeFile(join(all, name, 'owner.json'), JSON.stringify(owner))
}

it('removes what dead nodes of this machine left, and nothing else', async () => {
  const { pid: dead } = spawnSync('true')
  await left('dead', { host: hostname(), pid: dead })
  await left('alive', { host: hostname(), pid: process.pid })
  await left('elsewhere', { host: 'another', pid: dead })
  await left('unknown')
  await left('ours', { host: hostname(), pid: dead })
  const own = await takeWorkerFolder(all, 'ours')
  expect((await readdir(all)).sort()).toEqual(['alive', 'elsewhere', 'ours', 'unknown'])
  expect(await readdir(own)).toEqual(['owner.json'])
})

it('makes the folder when there is none', async () => {
  expect(await readdir(await takeWorkerFolder(join(all, 'new'), 'node'))).toEqual(['owner.json'])
})
