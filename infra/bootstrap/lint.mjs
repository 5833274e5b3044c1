import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { run } from './processes.mjs'
import { checkNode, environment, inRoot, programNode, root, script } from './workspace.mjs'

/** Lints everything; knows types, for which shared has to be built. Resolves with the exit code. */
export async function lint(args = []) {
  const { code } = await run(programNode(), [inRoot('node_modules/oxlint/bin/oxlint'), '--type-aware', ...args], {
    cwd: root,
    env: environment(),
  })
  return code
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await script(async args => {
    checkNode()
    await ensureInstalled()
    await ensureBuilt()
    return lint(args)
  })
}
