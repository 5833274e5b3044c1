import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { say } from './command.js'

/** Asks for something secret: typed without being shown, or the first line of what comes in by a pipe. */
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
  stdout.write(question)
  try {
    return await prompt.question('')
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
