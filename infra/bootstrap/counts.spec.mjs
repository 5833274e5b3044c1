import { describe, expect, it } from 'vitest'
import { add, crashed, line, none, ofExit, ofPlaywright, ofVitest } from './counts.mjs'

const vitest = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [] }
const file = (status, ...tests) => ({ status, assertionResults: tests.map(each => ({ status: each })) })

describe('Vitest', () => {
  it('counts tests', () => expect(ofVitest(vitest, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 }))
  it('counts a file that could not be loaded', () =>
    expect(ofVitest({ ...vitest, numFailedTests: 0, testResults: [file('failed'), file('passed', 'passed')] }, 1).failed).toBe(1))
  it('counts a file whose hook failed beside passed tests, and no failed test twice', () =>
    expect(ofVitest({ ...vitest, testResults: [file('failed', 'passed'), file('failed', 'failed')] }, 1).failed).toBe(2))
  it('counts a run that ends badly although all tests passed', () =>
    expect(ofVitest({ ...vitest, numFailedTests: 0 }, 1).failed).toBe(1))
  it('counts a crash', () => expect(ofVitest(undefined, 137)).toEqual(crashed))
  it('counts nothing where nothing was to do', () => expect(ofVitest(undefined, 0)).toEqual(none))
})

describe('Playwright', () => {
  const stats = { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }
  it('counts journeys, a flaky one as failed', () =>
    expect(ofPlaywright({ stats: { ...stats, flaky: 1, skipped: 1 }, errors: [] }, 0)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
    }))
  it('counts errors outside of tests', () =>
    expect(ofPlaywright({ stats, errors: [{ message: 'no browser' }] }, 1).failed).toBe(1))
  it('counts a crash', () => expect(ofPlaywright(undefined, 1)).toEqual(crashed))
})

it('sums up in one line', () => {
  expect(line(add(ofExit(0), { passed: 4, failed: 2, skipped: 0 }))).toBe('5 passed, 2 failed')
  expect(line(add(ofExit(2), { passed: 0, failed: 0, skipped: 3 }))).toBe('0 passed, 1 failed, 3 skipped')
})
