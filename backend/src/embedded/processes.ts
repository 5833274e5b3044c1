import { readFile, readdir, readlink } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** Ids of the processes that have one of `names` and work in `folder`: the ones an earlier program left behind. */
export async function processesIn(folder: string, names: readonly string[]): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async pid => {
      try {
        if ((await readlink(`/proc/${pid}/cwd`)) !== folder) return []
        return names.includes((await readFile(`/proc/${pid}/comm`, 'utf8')).trim()) ? [Number(pid)] : []
      } catch {
        return [] // gone meanwhile, or another user's
      }
    }),
  )
  return found.flat()
}

/** Id of the parent process, from proc_pid_stat(5); 0 when the process is gone. */
export async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
}

export interface StopStep {
  readonly signal: NodeJS.Signals
  readonly patienceMs: number
}

/** Ends the processes `list` names, by ever stronger signals to those that `list` says are left. */
export async function endAll(list: () => Promise<readonly number[]>, steps: readonly StopStep[]): Promise<void> {
  for (const { signal, patienceMs } of steps) {
    const until = Date.now() + patienceMs
    let left = await list()
    for (const pid of left) signalTo(pid, signal)
    while (left.length > 0 && Date.now() < until) {
      await wait(10)
      left = await list()
    }
    if (left.length === 0) return
  }
}

/** Sends a signal; a process that is gone already is no error. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
