import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { add, crashed, line, none, ofExit, ofPlaywright, ofVitest } from './counts.mjs'
import { ensureInstalled } from './install.mjs'
import { lint } from './lint.mjs'
import { run } from './processes.mjs'
import { checkNode, environment, inRoot, programNode, say, script } from './workspace.mjs'

/** All suites together stay under half an hour on two cores; what takes longer hangs. */
const LIMIT_MS = 28 * 60_000

/**
 * `npm test` checks everything, `npm test -- <part of a file's name> …` runs those tests. The last line sums up all
 * suites; the exit code is 0 when nothing failed. `ROUNDS` sets how many rounds random tests take.
 */
await script(async filters => {
  const reports = mkdtempSync(join(tmpdir(), 'projectionist-reports-'))
  const deadline = Date.now() + LIMIT_MS
  let total = none
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopped.abort())
  const suite = async (name, check) => {
    if (stopped.signal.aborted) return none
    say(`\n── ${name}`)
    const startedAt = Date.now()
    const counts = await check().catch(error => {
      process.stderr.write(`${error.message}\n`)
      return crashed
    })
    say(`   ${name}: ${line(counts)} in ${Math.round((Date.now() - startedAt) / 1000)} s`)
    total = add(total, counts)
    return counts
  }
  const tool = async (cwd, args, report, env) => {
    const timeoutMs = Math.max(1, deadline - Date.now())
    const { code } = await run(programNode(), args, { cwd: inRoot(cwd), env: environment(env), timeoutMs })
    return [existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, code]
  }
  const vitest = async part => {
    const report = join(reports, `${part}.json`)
    const args = ['run', '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters]
    return ofVitest(...(await tool(part, [inRoot('node_modules/vitest/vitest.mjs'), ...args], report)))
  }
  const playwright = async () => {
    const report = join(reports, 'journeys.json')
    const args = ['test', '--pass-with-no-tests', '--reporter=list,json', ...filters]
    return ofPlaywright(
      ...(await tool('frontend', [inRoot('node_modules/@playwright/test/cli.js'), ...args], report, {
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      })),
    )
  }

  const checks = async () => {
    const built = await suite('build', async () => {
      await ensureBuilt()
      return none
    })
    if (filters.length === 0) await suite('lint', async () => ofExit(await lint()))
    for (const part of ['shared', 'infra', 'backend', 'frontend']) await suite(part, () => vitest(part))
    await suite('journeys', built.failed > 0 ? () => Promise.reject(new Error('There is no program to try.')) : playwright)
  }

  try {
    const installed = await suite('install', async () => {
      checkNode()
      await ensureInstalled()
      return none
    })
    if (installed.failed === 0) await checks()
    if (total.passed + total.failed + total.skipped === 0)
      await suite('tests', () => Promise.reject(new Error(`No test fits ${filters.join(' ')}`)))
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
  if (stopped.signal.aborted) {
    say('\nStopped before the end.')
    return 130
  }
  say(`\n${line(total)}`)
  return total.failed > 0 ? 1 : 0
})
