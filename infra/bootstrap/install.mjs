import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { Advice, inRoot, root, say } from './workspace.mjs'
import { run } from './processes.mjs'

/** Installs the packages that package-lock.json names, unless they are there. Throws `Advice` when that cannot be. */
export async function ensureInstalled() {
  if (isInstalled()) return
  checkWritable(root)
  say('Installing packages, about a minute …')
  const [command, ...args] = npm()
  const { code, output } = await run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    quiet: true,
  }).catch(error => {
    throw error.code === 'ENOENT' ? new Advice('npm is not on the PATH. It comes with Node: https://nodejs.org') : error
  })
  if (code === 130 || code === 143) throw new Advice('Stopped before all packages were installed. Start again to go on.')
  if (code !== 0) throw new Advice(`${output.trim().split('\n').slice(-15).join('\n')}\n\nnpm ci failed. ${advice(output)}`)
}

/** What npm says it has installed is what the lock asks for; packages for other platforms need not be there. */
function isInstalled() {
  const installed = packagesOf(inRoot('node_modules', '.package-lock.json'))
  if (!installed) return false
  return Object.entries(packagesOf(inRoot('package-lock.json'))).every(([path, { version, link, optional }]) => {
    if (!path.includes('node_modules/') || link) return true
    const there = installed[path]
    return there ? there.version === version : optional
  })
}

const packagesOf = file => existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).packages

/** Throws `Advice` when this user may not write to a folder of the checkout. */
export function checkWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    const owner = statSync(folder).uid
    throw new Advice(
      `${folder} has to be set up first, and this user may not write there: it belongs to user ${owner}. ` +
        `Run this once as that user, or make it yours: chown -R "$(id -u)" ${root}`,
    )
  }
}

/**
 * The npm that runs this script, else the one on PATH; and with a Node from outside of node_modules, since npm ci removes that
 * folder while it runs.
 */
function npm() {
  const cli = process.env.npm_execpath
  if (cli && basename(cli) === 'npm-cli.js') return [outsideNode(), cli]
  if (process.platform === 'win32') return ['cmd', '/c', 'npm']
  return ['npm']
}

function outsideNode() {
  if (!process.execPath.startsWith(root)) return process.execPath
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.includes('node_modules'))
  return folders.map(folder => join(folder, 'node')).find(existsSync) ?? process.execPath
}

const ADVICE = [
  [/EACCES|EPERM/, 'There is a folder that this user may not write to; the lines above name it.'],
  [/ENOSPC/, 'The disk is full: free about 2 GB and try again.'],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|network/i,
    'The package registry is out of reach: check the network, or the proxy and registry settings (npm config list), and try again.',
  ],
  [/E401|E403/, 'The package registry refuses: check its settings (npm config list).'],
]
const advice = output => ADVICE.find(([pattern]) => pattern.test(output))?.[1] ?? 'What it said is above.'
