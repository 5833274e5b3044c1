import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { say } from './command.js'

/** Ctrl-C instead of an answer. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered'
}

/** Asks for something secret: typed without being shown, or the first line of what comes in by a pipe. Throws `NotAnswered`. */
export async function askSecret(question: string): Promise<string> {
  const { stdin, stdout } = process
  if (!stdin.isTTY) {
    const lines = createInterface({ input: stdin })
    try {
      for await (const line of lines) return line
      return ''
    } finally {
      lines.close()
    }
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = createInterface({ input: stdin, output: silent, terminal: true })
  const stop = new AbortController()
  prompt.once('SIGINT', () => stop.abort())
  stdout.write(question)
  try {
    return await prompt.question('', { signal: stop.signal })
  } catch (error) {
    throw stop.signal.aborted ? new NotAnswered('Nothing was changed.') : error
  } finally {
    prompt.close()
    say('')
  }
}

/** Asks twice on a terminal, until both are the same. */
export async function askNewSecret(question: string): Promise<string> {
  for (;;) {
    const first = await askSecret(`${question}: `)
    if (!process.stdin.isTTY || first === (await askSecret('Once more: '))) return first
    say('These differ. Please try again.')
  }
}
