import { existsSync, readdirSync } from 'node:fs'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { run } from './processes.mjs'
import { Advice, checkNode, environment, inRoot, programNode, say, script } from './workspace.mjs'

const FOLDER = inRoot('backend', 'bench')
const SUFFIX = '.ts'
const LIMIT_MS = 15 * 60_000

/** `npm run bench` runs all of backend/bench/*.ts, `npm run bench <name> …` one. 15 minutes each, unless `--full`. */
await script(async ([name, ...args]) => {
  checkNode()
  await ensureInstalled()
  await ensureBuilt()
  const known = existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .filter(file => file.endsWith(SUFFIX) && !file.endsWith('.spec.ts'))
        .map(file => file.slice(0, -SUFFIX.length))
    : []
  const named = name !== undefined && !name.startsWith('-')
  if (named && !known.includes(name)) throw new Advice(`There is no bench called ${name}. There are: ${known.join(', ')}`)
  const rest = named ? args : [name, ...args].filter(Boolean)
  let worst = 0
  for (const each of named ? [name] : known) {
    say(`\n${each}`)
    const file = inRoot('backend/dist/bench', `${each}.js`)
    const timeoutMs = rest.includes('--full') ? undefined : LIMIT_MS
    const { code } = await run(programNode(), ['--enable-source-maps', file, ...rest], { env: environment(), timeoutMs })
    worst = Math.max(worst, code)
  }
  return worst
})
