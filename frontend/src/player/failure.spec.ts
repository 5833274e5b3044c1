import { errorCodes, type ErrorCode } from '@projectionist/shared/api/errors'
import { describe, expect, it } from 'vitest'
import { failureOf, failureWords, PlaybackRefused, type FailureCode } from './failure.js'

const codes: readonly FailureCode[] = [...(Object.keys(errorCodes) as ErrorCode[]), 'network', 'offline', 'media', 'no-hls']

describe('words for failures', () => {
  it.each(codes)('%s has a title, advice and a next step', code => {
    const { title, advice, steps } = failureWords({ code })
    expect(title).toMatch(/^[A-Z]/)
    expect(advice).toMatch(/[.]$/)
    expect(steps.length).toBeGreaterThan(0)
  })

  it('keeps the server’s code, and takes anything else thrown for a fault of ours', () => {
    expect(failureOf(new PlaybackRefused({ code: 'file-unavailable' }))).toEqual({ code: 'file-unavailable' })
    expect(failureOf(new TypeError('x is not a function'))).toEqual({ code: 'internal', detail: 'x is not a function' })
  })
})
