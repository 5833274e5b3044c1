import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { run } from './processes.mjs'
import { checkNode, environment, inRoot, programNode, root, script } from './workspace.mjs'

/** Lints everything, and checks the types of the journeys, which no build does. Needs shared built. Resolves with the exit code. */
export async function lint(args = []) {
  const tool = (file, ...more) => run(programNode(), [inRoot('node_modules', file), ...more], { cwd: root, env: environment() })
  const types = await tool('typescript/bin/tsc', '-p', 'frontend/e2e')
  const rules = await tool('oxlint/bin/oxlint', '--type-aware', ...args)
  return Math.max(types.code, rules.code)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await script(async args => {
    checkNode()
    await ensureInstalled()
    await ensureBuilt()
    return lint(args)
  })
}
