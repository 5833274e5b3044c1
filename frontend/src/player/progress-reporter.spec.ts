import { describe, expect, it } from 'vitest'
import { createProgressReporter, tickMs, type Outcome, type Playhead, type ProgressBody } from './progress-reporter.js'

/** A clock turned by hand, a server that answers when told, and a player that stands where it is put. */
function stage() {
  let now = Date.UTC(2025, 0, 1)
  let timers: { at: number; run: () => void }[] = []
  let sequence = 40
  const sent: (ProgressBody & { itemId: string; keepalive: boolean })[] = []
  const gone: string[] = []
  /** What is kept on the device, by session. */
  const kept = new Map<string, ProgressBody>()
  const server: { outcome: Outcome; hold: boolean } = { outcome: 'stored', hold: false }
  let release: (() => void)[] = []
  const head: Playhead = { itemId: 'film', sessionId: 'one', positionMs: 0, durationMs: 100_000 }
  const player: { head: Playhead | null } = { head }

  const reporter = createProgressReporter(
    {
      send: async (itemId, body, { keepalive }) => {
        sent.push({ itemId, ...body, keepalive })
        const { outcome } = server
        if (server.hold) await new Promise<void>(resolve => release.push(resolve))
        return outcome
      },
      now: () => now,
      after: (ms, run) => {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => (timers = timers.filter(other => other !== timer))
      },
      nextSequence: () => sequence++,
      clockOffsetMs: () => 250,
      keep: (_, body) => kept.set(body.sessionId, body),
      arrived: ({ sessionId }) => kept.delete(sessionId),
      gone: id => gone.push(id),
    },
    () => player.head,
  )
  const at = (positionMs: number) => (player.head = { ...head, positionMs })
  const pass = async (ms: number) => {
    const end = now + ms
    for (;;) {
      const due = timers.filter(timer => timer.at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (!due) break
      now = due.at
      timers = timers.filter(timer => timer !== due)
      due.run()
      await reporter.settled()
    }
    now = end
  }
  const letGo = async () => {
    server.hold = false
    const waiting = release
    release = []
    for (const go of waiting) go()
    await reporter.settled()
  }
  return { reporter, sent, kept, gone, server, at, pass, letGo, player, head }
}
const brief = (sent: readonly ProgressBody[]) => sent.map(({ state, cause, positionMs }) => `${state} ${cause} ${positionMs}`)

describe('progress reporter', () => {
  it('reports at play, every ten seconds while playing, and at pause; then no more', async () => {
    const { reporter, sent, at, pass } = stage()
    reporter.note('play', at(0))
    at(9_900)
    await pass(tickMs)
    at(19_900)
    await pass(tickMs)
    reporter.note('pause', at(21_000))
    await pass(60_000)
    expect(brief(sent)).toEqual(['playing tick 0', 'playing tick 9900', 'playing tick 19900', 'paused tick 21000'])
  })

  it('numbers its reports, dates them, and tells the clock’s offset', async () => {
    const { reporter, sent, at, pass } = stage()
    reporter.note('play', at(0.4))
    await pass(tickMs)
    expect(sent.map(report => report.sequence)).toEqual([40, 41])
    expect(sent[1]).toMatchObject({
      itemId: 'film',
      sessionId: 'one',
      durationMs: 100_000,
      deviceTime: '2025-01-01T00:00:10.000Z',
      clockOffsetMs: 250,
    })
    expect(Number.isInteger(sent[0]!.positionMs)).toBe(true)
  })

  it('reports seeks in a row as one, at the place they led to', async () => {
    const { reporter, sent, at, pass } = stage()
    for (const to of [5_000, 10_000, 15_000]) {
      reporter.note('seek', at(to))
      await pass(100)
    }
    expect(sent).toEqual([])
    await pass(1_000)
    expect(brief(sent)).toEqual(['paused seek 15000'])
  })

  it('does not lose a seek that a pause follows', async () => {
    const { reporter, sent, at, pass } = stage()
    reporter.note('seek', at(5_000))
    reporter.note('pause', at(5_100))
    await pass(5_000)
    expect(brief(sent)).toEqual(['paused seek 5100'])
  })

  it('has one report under way, and keeps only the newest of what waits', async () => {
    const { reporter, sent, server, at, letGo } = stage()
    server.hold = true
    reporter.note('play', at(0))
    reporter.note('pause', at(1_000))
    reporter.note('play', at(1_000))
    reporter.note('pause', at(2_000))
    expect(sent).toHaveLength(1)
    await letGo()
    expect(brief(sent)).toEqual(['playing tick 0', 'paused tick 2000'])
  })

  it('keeps the last while offline and sends it when the network is back', async () => {
    const { reporter, sent, server, at, pass } = stage()
    server.outcome = 'unreachable'
    reporter.note('play', at(0))
    for (const second of [10, 20, 30]) {
      at(second * 1000)
      await pass(tickMs)
    }
    const tries = sent.length
    server.outcome = 'stored'
    reporter.online()
    await reporter.settled()
    expect(sent).toHaveLength(tries + 1)
    expect(sent.at(-1)).toMatchObject({ positionMs: 30_000, state: 'playing' })
  })

  it('also tries by itself, ever less often', async () => {
    const { reporter, sent, server, at, pass } = stage()
    server.outcome = 'unreachable'
    reporter.note('pause', at(4_000))
    await reporter.settled()
    await pass(2_000)
    await pass(5_000)
    expect(sent).toHaveLength(3)
    await pass(9_000)
    expect(sent).toHaveLength(3)
    server.outcome = 'stored'
    await pass(1_000)
    await pass(600_000)
    expect(sent).toHaveLength(4)
  })

  it('sends the stop of one session and the start of the next, both', async () => {
    const { reporter, sent, server, head, at, letGo } = stage()
    server.hold = true
    reporter.note('play', at(0))
    reporter.note('stop', at(90_000))
    reporter.note('play', { ...head, itemId: 'next', sessionId: 'two' })
    await letGo()
    expect(sent.map(report => `${report.itemId} ${report.state}`)).toEqual(['film playing', 'film stopped', 'next playing'])
  })

  it('reports at once, outliving the page, when the page goes', async () => {
    const { reporter, sent, at, player } = stage()
    reporter.note('play', at(0))
    await reporter.settled()
    reporter.leave(at(7_000), false)
    reporter.leave(at(8_000), true)
    reporter.leave(at(8_001), false)
    expect(sent.slice(1).map(({ state, keepalive }) => [state, keepalive])).toEqual([
      ['playing', true],
      ['stopped', true],
    ])
    player.head = null
    reporter.leave(null, true)
    expect(sent).toHaveLength(3)
  })

  it('keeps on the device what did not arrive, until it has', async () => {
    const { reporter, kept, server, at } = stage()
    server.outcome = 'unreachable'
    reporter.note('pause', at(4_000))
    await reporter.settled()
    expect(kept.get('one')).toMatchObject({ positionMs: 4_000, sequence: 40 })
    server.outcome = 'stored'
    reporter.online()
    await reporter.settled()
    expect(kept.size).toBe(0)
  })

  it('keeps what is reported as the page goes, and what a forgotten session would have been told', async () => {
    const { reporter, kept, server, at } = stage()
    server.hold = true
    reporter.leave(at(7_000), true)
    expect(kept.get('one')).toMatchObject({ positionMs: 7_000, state: 'stopped' })
    const later = stage()
    later.server.outcome = 'gone'
    later.reporter.note('stop', later.at(9_000))
    await later.reporter.settled()
    expect(later.kept.get('one')).toMatchObject({ positionMs: 9_000, state: 'stopped' })
  })

  it('dates a place by when the player came to it, not by when it was closed there', async () => {
    const { reporter, sent, at, pass } = stage()
    reporter.note('play', at(0))
    await pass(1_000)
    reporter.note('pause', at(1_000))
    await pass(3_600_000)
    reporter.leave(at(1_000), true)
    reporter.note('seek', at(5_000))
    await pass(1_000)
    expect(sent.map(({ deviceTime, positionMs }) => `${deviceTime?.slice(11, 19)} ${positionMs}`)).toEqual([
      '00:00:00 0',
      '00:00:01 1000',
      '00:00:01 1000',
      '01:00:01 5000',
    ])
  })

  it('tells when the server has forgotten the session, unless it was over anyway', async () => {
    const { reporter, gone, server, at } = stage()
    server.outcome = 'gone'
    reporter.note('play', at(0))
    await reporter.settled()
    reporter.note('stop', at(1_000))
    await reporter.settled()
    expect(gone).toEqual(['one'])
  })

  it('is silent once disposed of', async () => {
    const { reporter, sent, at, pass } = stage()
    reporter.note('play', at(0))
    await reporter.settled()
    reporter.dispose()
    await pass(60_000)
    expect(sent).toHaveLength(1)
  })
})
