import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { noticeLoss } from './processes.mjs'
import { checkNode, environment, inRoot, programNode, say, script } from './workspace.mjs'

const PORT = process.env.PORT ?? '2160'
const QUIET_MS = 300

/** Rebuilds and restarts as files change; the pages are at Vite's address. State is kept in the checkout, in .projectionist. */
await script(async () => {
  checkNode()
  await ensureInstalled()
  await ensureBuilt()
  const env = environment({
    PORT,
    PROJECTIONIST_HOME: process.env.PROJECTIONIST_HOME ?? inRoot('.projectionist'),
    PROJECTIONIST_URL: `http://localhost:${PORT}`,
  })
  const node = (args, cwd) => spawn(programNode(), args, { env, cwd: inRoot(cwd), stdio: 'inherit' })
  const helpers = [
    node([inRoot('node_modules/typescript/bin/tsc'), '-b', '--watch', '--preserveWatchOutput'], 'backend'),
    node([inRoot('node_modules/vite/bin/vite.js')], 'frontend'),
  ]

  let program
  let timer
  let restarted = Promise.resolve()
  const start = () => (program = node(['--enable-source-maps', inRoot('backend/dist/src/main.js')], 'backend'))
  const restart = async () => {
    if (program.exitCode === null && program.kill('SIGTERM')) await once(program, 'exit')
    say('Restarting …')
    start()
  }
  start()
  const watchers = ['backend/dist/src', 'shared/dist'].map(folder =>
    watch(inRoot(folder), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => (restarted = restarted.then(restart)), QUIET_MS)
    }),
  )

  await new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve)
    noticeLoss(resolve)
  })
  clearTimeout(timer)
  for (const watcher of watchers) watcher.close()
  const children = [...helpers, program].filter(child => child.exitCode === null && child.signalCode === null)
  const exits = children.map(child => once(child, 'exit'))
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(exits)
})
