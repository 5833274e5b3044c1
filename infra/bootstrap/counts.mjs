/**
 * What a suite came to. A suite that crashed, or did not say anything, counts as one failure.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

export const none = { passed: 0, failed: 0, skipped: 0 }
export const crashed = { passed: 0, failed: 1, skipped: 0 }

export const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped })

/** `12 passed, 0 failed`, and `, 3 skipped` if any. */
export const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/** One check that passes or fails as a whole. */
export const ofExit = code => (code === 0 ? { ...none, passed: 1 } : crashed)

/** From Vitest's JSON report. A file that could not be loaded has failed without a test; so has a run that ends badly after its tests. */
export function ofVitest(report, exitCode) {
  if (!report) return exitCode === 0 ? none : crashed
  const unloadable = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  )
  const failed = report.numFailedTests + unloadable.length
  return {
    passed: report.numPassedTests,
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** From Playwright's JSON report. A flaky test has failed. */
export function ofPlaywright(report, exitCode) {
  if (!report?.stats) return exitCode === 0 ? none : crashed
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky + report.errors.length
  return { passed: expected, failed: exitCode !== 0 && failed === 0 ? 1 : failed, skipped }
}
