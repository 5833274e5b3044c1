import { readConfig } from '../config.js'
import { version } from '../version.js'

interface OperatorCommand {
  readonly usage: string
  readonly does: string
  run(args: readonly string[]): Promise<number>
}

const commands: Readonly<Record<string, OperatorCommand>> = {
  health: {
    usage: 'health [address]',
    does: 'says whether a running server is ready, and what it is missing; exit code 0 when ready',
    async run([address = `http://localhost:${readConfig(process.env, () => 'cli').port}`]) {
      const answer = await fetch(new URL('/api/health', address)).catch(() => undefined)
      if (!answer) {
        say(`Nothing answers at ${address}. Is Projectionist running?`)
        return 1
      }
      const { status, missing } = (await answer.json()) as { status: string; missing: { part: string; detail: string }[] }
      say(status)
      for (const { part, detail } of missing) say(`${part}: ${detail}`)
      return answer.ok ? 0 : 1
    },
  },
  version: {
    usage: 'version',
    does: 'prints the version',
    run: () => {
      say(version)
      return Promise.resolve(0)
    },
  },
  help: {
    usage: 'help',
    does: 'lists the commands',
    run: () => {
      say('npx projectionist <command>\n')
      for (const { usage, does } of Object.values(commands)) say(`  ${usage.padEnd(20)} ${does}`)
      return Promise.resolve(0)
    },
  },
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
if (command) process.exitCode = await command.run(args)
else {
  say(`There is no command called ${name}. These are:\n`)
  await commands['help']!.run([])
  process.exitCode = 2
}
