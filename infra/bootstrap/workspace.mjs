import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const inRoot = (...path) => join(root, ...path)

/** Everything may go wrong in a way that a person can mend: this says how. */
export class Advice extends Error {}

export const say = text => process.stdout.write(`${text}\n`)

const OLDEST = [20, 19]
/** The program needs this Node; npm brings it along where there is a package of it. */
const PROGRAM_MAJOR = 24

/** Throws `Advice` when this Node is too old to set things up. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  throw new Advice(
    `Projectionist needs Node ${OLDEST.join('.')} or newer, and this is ${version}. Get one from https://nodejs.org`,
  )
}

/** The Node that runs the program: the installed one, else this one. Throws `Advice` when there is none that is new enough. */
export function programNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const installed = inRoot('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(installed)) return installed
  if (Number(process.versions.node.split('.')[0]) >= PROGRAM_MAJOR) return process.execPath
  throw new Advice(
    `For ${process.platform}-${process.arch}, please start with Node ${PROGRAM_MAJOR} or newer: https://nodejs.org`,
  )
}

/** Variables for child processes: commands of the installed packages, the program's Node among them, come first. */
export const environment = more => ({
  ...process.env,
  PATH: [dirname(programNode()), inRoot('node_modules', '.bin'), process.env.PATH].join(delimiter),
  ...more,
})

/** Runs `main` and explains what went wrong; the exit code is what `main` returns, or 1. */
export async function script(main) {
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0
  } catch (error) {
    process.stderr.write(`\n${error instanceof Advice ? error.message : error.stack}\n`)
    process.exitCode = 1
  }
}
