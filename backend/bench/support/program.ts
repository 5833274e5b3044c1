import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Running {
  readonly url: string
  readonly process: ChildProcess
  /** Access token of the admin. */
  readonly token: string
  stop(): Promise<void>
}

/** Starts the built program as people run it, on a free port, and sets it up. */
export async function startProgram(environment: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/main.js', import.meta.url))], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const match = /runs at (http:\/\/localhost:\d+)/.exec(said)
      if (match) resolve(match[1]!)
    })
    child.once('exit', () => reject(new Error(`The program ended:\n${said}`)))
  })
  await untilReady(url)
  const code = await readFile(join(environment['PROJECTIONIST_HOME']!, 'setup-code'), 'utf8').catch(() => '')
  const credentials = { name: 'Bench', password: 'bench password' }
  const device = { id: 'bench-device', name: 'Bench' }
  const enter = (path: string, body: object) =>
    fetch(`${url}/api/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...credentials, ...body, device, tokens: 'body' }) })
  const answer = await (code ? enter('setup', { code: code.trim() }) : enter('auth/login', {}))
  if (!answer.ok) {
    child.kill('SIGTERM')
    throw new Error(`Signing in: ${answer.status} ${await answer.text()}`)
  }
  const { accessToken } = (await answer.json()) as { accessToken: string }
  return {
    url,
    process: child,
    token: accessToken,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** Waits until the program says that it is ready. */
async function untilReady(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/health`).catch(() => undefined)
    if (answer?.status === 200) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
