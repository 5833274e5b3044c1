import { pathToFileURL } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { run } from './processes.mjs'
import { checkNode, environment, inRoot, programNode, root, script } from './workspace.mjs'

/** Runs the installed Nx, in this process tree only: no daemon, no cloud, nothing sent, nothing left in the temporary folder. */
export const nx = (args, { quiet = false } = {}) =>
  run(programNode(), [inRoot('node_modules/nx/dist/bin/nx.js'), ...args], {
    cwd: root,
    quiet,
    env: environment({
      NX_DAEMON: 'false',
      NX_NO_CLOUD: 'true',
      NX_TUI: 'false',
      NX_ISOLATE_PLUGINS: 'false',
      NX_SKIP_NATIVE_FILE_CACHE: 'true',
    }),
  })

/** `nx.mjs build` runs that target everywhere; anything else is passed on as it is. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await script(async args => {
    checkNode()
    await ensureInstalled()
    const { code } = await nx(args.length === 1 && /^\w+$/.test(args[0]) ? ['run-many', '-t', ...args] : args)
    return code
  })
}
