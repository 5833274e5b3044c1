import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkWritable } from './install.mjs'
import { nx } from './nx.mjs'
import { Advice, inRoot, root, say } from './workspace.mjs'

/** Each part, what it is built from besides its own folder, and a file that is there once it is built. */
const PARTS = [
  { name: 'shared', after: [], result: 'shared/dist/api/system.js' },
  { name: 'backend', after: ['shared'], result: 'backend/dist/src/main.js' },
  { name: 'frontend', after: ['shared'], result: 'frontend/dist/index.html' },
]
const STAMPS = inRoot('node_modules', '.cache', 'projectionist', 'built.json')

/** Builds what has changed since the last time; takes a few milliseconds when nothing has. Throws `Advice` when it fails. */
export async function ensureBuilt({ quiet = true } = {}) {
  const stamps = currentStamps()
  const before = existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {}
  const stale = PARTS.filter(({ name, result }) => before[name] !== stamps[name] || !existsSync(inRoot(result)))
  if (stale.length === 0) return
  for (const { name } of stale) checkWritable(inRoot(name))
  say(`Building ${stale.map(part => part.name).join(', ')} …`)
  // TypeScript trusts its own notes over what is there.
  for (const { name, result } of stale)
    if (!existsSync(inRoot(result))) rmSync(inRoot(name, 'tsconfig.tsbuildinfo'), { force: true })
  const { code, output } = await nx(['run-many', '-t', 'build', '-p', ...stale.map(part => `@projectionist/${part.name}`)], {
    quiet,
  })
  if (code !== 0) throw new Advice(`The build failed.\n\n${output.trim()}`)
  mkdirSync(dirname(STAMPS), { recursive: true })
  writeFileSync(STAMPS, JSON.stringify(stamps))
}

/** A digest of the names, sizes and times of all files that a part is built from. */
function currentStamps() {
  const own = Object.fromEntries(PARTS.map(({ name }) => [name, digest(filesIn(name))]))
  const common = digest(['package-lock.json', 'tsconfig.base.json', 'nx.json'].filter(file => existsSync(inRoot(file))))
  return Object.fromEntries(
    PARTS.map(({ name, after }) => [name, [common, own[name], ...after.map(other => own[other])].join(' ')]),
  )
}

const NOT_SOURCES = new Set(['node_modules', 'dist', 'e2e', 'test-results', 'playwright-report'])

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return NOT_SOURCES.has(entry.name) ? [] : filesIn(path)
    return entry.name.endsWith('.tsbuildinfo') ? [] : [path]
  })
}

function digest(files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}
