import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { become } from './processes.mjs'
import { checkNode, environment, inRoot, programNode, script } from './workspace.mjs'

/** Installs and builds what is missing or has changed, then becomes the program. */
await script(async args => {
  checkNode()
  await ensureInstalled()
  await ensureBuilt()
  return become(
    programNode(),
    ['--enable-source-maps', '--import', inRoot('infra/bootstrap/leash.mjs'), inRoot('backend/dist/src/main.js'), ...args],
    environment(),
  )
})
