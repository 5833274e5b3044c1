import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { run } from './processes.mjs'
import { checkNode, environment, inRoot, programNode, script } from './workspace.mjs'

/** The random tests with many rounds: `ROUNDS=100000 npm run soak -- <part of a test file's name>`. */
await script(async filters => {
  checkNode()
  await ensureInstalled()
  await ensureBuilt()
  let worst = 0
  for (const part of ['shared', 'backend', 'frontend']) {
    const args = ['run', '--passWithNoTests', '--testTimeout=0', '--hookTimeout=0', ...filters]
    const env = environment({ ROUNDS: process.env.ROUNDS ?? '5000' })
    worst = Math.max(
      worst,
      (await run(programNode(), [inRoot('node_modules/vitest/vitest.mjs'), ...args], { cwd: inRoot(part), env })).code,
    )
  }
  return worst
})
