import { existsSync } from 'node:fs'
import { readdir, readFile, readlink, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** Kills the PostgreSQL or Redis of the program that lives in `home`, with all its processes and without a chance to tidy up. */
export async function killServer(home: string, server: 'postgres' | 'redis'): Promise<void> {
  const names = server === 'postgres' ? ['postgres'] : ['redis-server', 'valkey-server']
  // As root, PostgreSQL may live elsewhere, with a link to there.
  const places = await Promise.all([home, join(home, 'servers')].filter(existsSync).map(path => realpath(path)))
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async pid => {
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
      return places.some(place => folder.startsWith(place + sep)) && names.includes(name.trim()) ? [Number(pid)] : []
    }),
  )
  if (found.flat().length === 0) throw new Error(`No ${server} runs for ${home}`)
  for (const pid of found.flat()) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
