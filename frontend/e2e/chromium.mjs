import { randomUUID } from 'node:crypto'
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'

/** What keeps a browser to itself, in containers and as root too. */
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * Finds a Chromium: CHROMIUM_PATH, one on PATH, else the one among the packages, which is unpacked once, with the libraries that
 * a bare system lacks. `env` is what it needs around it.
 *
 * @returns {Promise<{ path: string, env: Record<string, string> }>}
 */
export async function findChromium() {
  if (process.env.CHROMIUM_PATH) return { path: process.env.CHROMIUM_PATH, env: {} }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = folders.flatMap(folder => NAMES.map(name => join(folder, name))).find(isExecutable)
  return onPath ? { path: onPath, env: {} } : packaged()
}

async function packaged() {
  const bin = packageBin()
  const { version } = JSON.parse(readFileSync(join(bin, '../package.json'), 'utf8'))
  const folder = join(cacheFolder(), `chromium-${version}`)
  if (!existsSync(folder)) await unpack(bin, folder)
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'lib'), ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: folder }) },
  }
}

function packageBin() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin')
  } catch {
    throw new Error('There is no Chromium: install one, or name it by CHROMIUM_PATH, or run npm ci again.')
  }
}

async function unpack(bin, folder) {
  const { extract } = createRequire(join(bin, 'x'))('tar-fs')
  const building = `${folder}.${randomUUID()}`
  mkdirSync(building, { recursive: true })
  const part = (name, into) => pipeline(createReadStream(join(bin, name)), createBrotliDecompress(), into)
  await Promise.all([
    part('chromium.br', createWriteStream(join(building, 'chromium'), { mode: 0o755 })),
    ...['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'].map(name => part(name, extract(building))),
  ])
  writeFileSync(join(building, 'fonts.conf'), fontsConfig(folder))
  try {
    renameSync(building, folder)
  } catch (error) {
    // Another run was faster.
    rmSync(building, { recursive: true })
    if (!existsSync(folder)) throw error
  }
}

/** The package's own configuration looks for its fonts in the temporary folder. */
const fontsConfig = folder => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`

/** A folder that is kept between runs, among the packages where this user may write there. */
export function cacheFolder() {
  const packages = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'node_modules')
  const among = join(packages, '.cache', 'projectionist')
  const folder = isWritable(existsSync(among) ? among : packages)
    ? among
    : join(tmpdir(), `projectionist-cache-${process.getuid?.() ?? ''}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
