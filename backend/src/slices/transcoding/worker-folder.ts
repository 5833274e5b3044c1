import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

const OWNER = 'owner.json'

/**
 * Makes the folder for a node's passing files, empty, and removes those of nodes of this machine that are no more: after a
 * power cut nobody else would.
 */
export async function takeWorkerFolder(all: string, node: string): Promise<string> {
  const own = join(all, node)
  const names = await readdir(all).catch(() => [])
  for (const name of names) if (name === node || (await isOrphan(join(all, name)))) await rm(join(all, name), { recursive: true, force: true })
  await mkdir(own, { recursive: true, mode: 0o700 })
  await writeFile(join(own, OWNER), JSON.stringify({ host: hostname(), pid: process.pid }))
  return own
}

async function isOrphan(folder: string): Promise<boolean> {
  try {
    const { host, pid } = JSON.parse(await readFile(join(folder, OWNER), 'utf8')) as { host: string; pid: number }
    return host === hostname() && !isRunning(pid)
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
