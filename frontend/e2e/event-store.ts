import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

interface Server {
  readonly process: ChildProcess
  readonly url: string
}

const servers = new Map<string, Promise<Server>>()

/**
 * The setting that gives the program of a home an event store of its own, where `EVENT_STORE_TEST_COMMAND` names a command
 * that starts an empty one, prints its address as a first line, and ends with it on SIGTERM. Else none.
 */
export async function eventStoreFor(home: string): Promise<Record<string, string>> {
  const { EVENT_STORE_TEST_COMMAND: command } = process.env
  if (!command) return {}
  const server = servers.get(home) ?? start(command)
  servers.set(home, server)
  return { EVENT_STORE: (await server).url }
}

/** Ends the event store of a home that is not needed any more. */
export async function stopEventStoreOf(home: string): Promise<void> {
  const server = await servers.get(home)
  servers.delete(home)
  if (!server || server.process.exitCode !== null) return
  const ended = once(server.process, 'exit')
  // The command may be a script of several: all of its processes are asked to end.
  if (server.process.pid) process.kill(-server.process.pid, 'SIGTERM')
  await ended
}

async function start(command: string): Promise<Server> {
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => [''])])) as [Buffer | string]
  const url = line.toString().trim()
  if (!url) throw new Error(`${command} ended without an address`)
  return { process: child, url }
}
