import type { Health } from '@projectionist/shared/api/system'
import { readConfig } from '../config.js'
import { version } from '../version.js'
import { say, type Commands } from './command.js'

/** What runs, and how it is. */
export const healthCommands: Commands = {
  health: {
    usage: 'health [address]',
    does: 'says whether a running server is ready, and what it is missing; exit code 0 when ready',
    async run([address = `http://localhost:${readConfig(process.env, () => 'cli').port}`]) {
      const answer = await fetch(new URL('/api/health', address)).catch(() => undefined)
      if (!answer) {
        say(`Nothing answers at ${address}. Is Projectionist running?`)
        return 1
      }
      const { status, percent, missing, readModels } = (await answer.json()) as Health
      say(percent === undefined ? status : `${status}: ${percent} %`)
      for (const each of readModels) say(`${each.title}: ${each.percent} %`)
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
}
