import { say, UsageError, type Commands } from './command.js'
import { backupCommands } from './backup.js'
import { eventsCommands } from './events.js'
import { healthCommands } from './health.js'
import { projectionsCommands } from './projections.js'
import { usersCommands } from './users.js'

const commands: Commands = {
  ...healthCommands,
  ...backupCommands,
  ...projectionsCommands,
  ...usersCommands,
  ...eventsCommands,
  help: {
    usage: 'help',
    does: 'lists the commands',
    run: () => {
      say('npx projectionist <command>\n')
      for (const { usage, does } of Object.values(commands))
        say(`  ${usage.padEnd(20)} ${usage.length > 20 ? `\n${' '.repeat(23)}` : ''}${does}`)
      return Promise.resolve(0)
    },
  },
}

const [first = 'help', second = '', ...rest] = process.argv.slice(2)
const ofGroup = commands[`${first} ${second}`]
const command = ofGroup ?? commands[first]
if (command)
  try {
    process.exitCode = await command.run(ofGroup ? rest : process.argv.slice(3))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    say(`${error.message}\n\n  npx projectionist ${command.usage}`)
    process.exitCode = 2
  }
else {
  say(`There is no command called ${[first, second].join(' ').trim()}. These are:\n`)
  await commands['help']!.run([])
  process.exitCode = 2
}
