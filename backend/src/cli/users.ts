import { randomUUID } from 'node:crypto'
import { Password } from '@projectionist/shared/api/accounts'
import { CommandRunner } from '../platform/eventing/command-runner.js'
import { openCredentials } from '../slices/accounts/accounts.js'
import { knownAccounts } from '../slices/accounts/known-accounts.js'
import { resetPassword } from '../slices/accounts/reset-password.js'
import { Tokens } from '../slices/accounts/tokens.js'
import { Keys } from '../platform/keys.js'
import { askNewSecret } from './asking.js'
import { say, UsageError, type Commands } from './command.js'
import { onKept, wordsOf } from './kept-commands.js'

export const usersCommands: Commands = {
  'users list': {
    usage: 'users list',
    does: 'lists everyone with an account',
    run: () =>
      onKept({}, async ({ sql, store, catalog }) => {
        const users = await knownAccounts(sql, store, catalog)
        const width = Math.max(4, ...users.map(({ name }) => name.length))
        for (const { name, role, disabled, lastSignInAt } of users) {
          const seen = lastSignInAt ? `signed in ${lastSignInAt.slice(0, 16).replace('T', ' ')} UTC` : 'never signed in'
          say(`${name.padEnd(width)}  ${role.padEnd(6)}  ${disabled ? 'disabled, ' : ''}${seen}`)
        }
        if (users.length === 0) say('Nobody has an account yet. Start Projectionist, and set it up in a browser.')
        return 0
      }),
  },
  'users reset-password': {
    usage: 'users reset-password <name>',
    does: 'asks for a new password for a person and ends their sessions; the way back in for an admin who forgot theirs',
    run(args) {
      const { words } = wordsOf(args, [])
      const name = words.join(' ').trim()
      if (name === '') throw new UsageError('Name the person.')
      return onKept({}, async ({ sql, store, data, catalog }) => {
        const users = await knownAccounts(sql, store, catalog)
        const user = users.find(each => each.name.toLowerCase() === name.toLowerCase())
        if (!user) {
          say(
            `There is nobody called ${name}.${users.length > 0 ? ` There are: ${users.map(each => each.name).join(', ')}.` : ''}`,
          )
          return 1
        }
        const password = Password.safeParse(await askNewSecret(`New password for ${user.name}`))
        if (!password.success) {
          say('A password has 8 to 256 characters. Nothing was changed.')
          return 1
        }
        const parts = {
          credentials: openCredentials(data, store),
          tokens: new Tokens(data, new Keys(data)),
          runner: new CommandRunner(store, catalog),
        }
        await resetPassword(parts, user, password.data, randomUUID())
        say(`${user.name} has a new password, and has to sign in again everywhere.`)
        if (user.disabled) say('The account is disabled: an admin has to let them in again.')
        return 0
      })
    },
  },
}
