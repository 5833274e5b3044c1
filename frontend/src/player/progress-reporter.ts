import type { reportProgress } from '@projectionist/shared/api/playback'
import type { Call } from '@projectionist/shared/api/endpoint'

export type ProgressBody = Call<typeof reportProgress>['body']

/** Where a player is. */
export interface Playhead {
  readonly itemId: string
  readonly sessionId: string
  readonly positionMs: number
  readonly durationMs: number
}

/** `gone`: the server no longer knows the session or the item. `unreachable`: worth trying again. */
export type Outcome = 'stored' | 'gone' | 'unreachable'

export interface ReporterPorts {
  /** Never rejects. `keepalive`: has to outlive the page. */
  readonly send: (itemId: string, body: ProgressBody, options: { readonly keepalive: boolean }) => Promise<Outcome>
  /** Ms since 1970 by this device's clock. */
  readonly now: () => number
  /** Runs once after `ms`, unless the returned function is called before. */
  readonly after: (ms: number, run: () => void) => () => void
  /** Grows with every call, also across pages of this device. */
  readonly nextSequence: () => number
  readonly clockOffsetMs: () => number | undefined
  /** Keeps a report on this device, for when the server did not get it and this page is gone. */
  readonly keep: (itemId: string, body: ProgressBody) => void
  /** The server has this report. */
  readonly arrived: (body: ProgressBody) => void
  /** The player went on with a session that the server has forgotten. */
  readonly gone: (sessionId: string) => void
}

/** `end` is the end of the media; `stop` is when the person goes away from it. */
export type Moment = 'play' | 'pause' | 'seek' | 'end' | 'stop'

export interface ProgressReporter {
  /** Something happened in the player. Seeks in a row are reported as one. */
  readonly note: (moment: Moment, playhead: Playhead) => void
  /** The page is being hidden or closed: reports at once, in a way that outlives it. */
  readonly leave: (playhead: Playhead | null, closing: boolean) => void
  /** The network is back: sends what could not be sent. */
  readonly online: () => void
  /** Resolves when nothing is under way; what is unreachable stays unsent. */
  readonly settled: () => Promise<void>
  /** Ends the ticks; reports under way go on. */
  readonly dispose: () => void
}

export const tickMs = 10_000
const seekSettlesMs = 600
const retryMs = [2_000, 5_000, 10_000, 30_000] as const

interface Pending {
  readonly itemId: string
  readonly body: ProgressBody
}

/**
 * Reports where the player is: every ten seconds while it plays and at each play, pause, seek and stop. One report is under
 * way at a time; of what waits, only the newest of each session is kept. What cannot be sent is kept, beyond the page too, and
 * sent when the network is back. `playhead` answers where the player is, null when there is no session.
 */
export function createProgressReporter(ports: ReporterPorts, playhead: () => Playhead | null): ProgressReporter {
  const pending = new Map<string, Pending>()
  let playing = false
  let sending: Promise<void> | null = null
  let failures = 0
  let cancelTick = () => {}
  let cancelSeek = () => {}
  let cancelRetry = () => {}
  let seekWaits = false
  let closed = false

  /** When the playhead came to where it is: a player left paused and closed days later was there when it was paused. */
  let stands: { readonly sessionId: string; readonly positionMs: number; readonly sinceMs: number } | null = null
  const since = ({ sessionId }: Playhead, positionMs: number, moves: boolean) => {
    if (moves || stands?.sessionId !== sessionId || stands.positionMs !== positionMs)
      stands = { sessionId, positionMs, sinceMs: ports.now() }
    return stands.sinceMs
  }

  const put = (head: Playhead, state: ProgressBody['state'], cause: 'tick' | 'seek') => {
    const offset = ports.clockOffsetMs()
    const positionMs = Math.max(0, Math.round(head.positionMs))
    // A seek that was not sent yet stays one, though later ticks overwrite its position.
    const before = pending.get(head.sessionId)?.body.cause
    pending.set(head.sessionId, {
      itemId: head.itemId,
      body: {
        sessionId: head.sessionId,
        positionMs,
        ...(head.durationMs >= 1 && { durationMs: Math.round(head.durationMs) }),
        state,
        cause: cause === 'seek' || before === 'seek' ? 'seek' : 'tick',
        sequence: ports.nextSequence(),
        deviceTime: new Date(since(head, positionMs, state === 'playing')).toISOString(),
        ...(offset !== undefined && { clockOffsetMs: offset }),
      },
    })
  }

  const deliver = async (sessionId: string, report: Pending, keepalive: boolean) => {
    pending.delete(sessionId)
    const outcome = await ports.send(report.itemId, report.body, { keepalive })
    if (outcome === 'stored') ports.arrived(report.body)
    else ports.keep(report.itemId, report.body)
    if (outcome === 'unreachable') {
      if (!pending.has(sessionId)) pending.set(sessionId, report)
      return false
    }
    if (outcome === 'gone' && report.body.state !== 'stopped') ports.gone(sessionId)
    return true
  }

  const drain = async () => {
    for (let entry = pending.entries().next(); !entry.done; entry = pending.entries().next()) {
      if (await deliver(entry.value[0], entry.value[1], false)) {
        failures = 0
        continue
      }
      cancelRetry()
      cancelRetry = ports.after(retryMs[Math.min(failures, retryMs.length - 1)]!, flush)
      failures += 1
      return false
    }
    return true
  }
  const flush = () => {
    sending ??= drain().then(drained => {
      sending = null
      if (drained && pending.size > 0) flush()
    })
  }

  const report = (head: Playhead, state: ProgressBody['state'], cause: 'tick' | 'seek') => {
    const sought = seekWaits
    cancelSeek()
    seekWaits = false
    put(head, state, sought ? 'seek' : cause)
    flush()
  }

  const tick = () => {
    cancelTick()
    cancelTick = ports.after(tickMs, () => {
      if (!playing) return
      const head = playhead()
      if (head !== null) report(head, 'playing', 'tick')
      tick()
    })
  }

  return {
    note: (moment, head) => {
      closed = false
      if (moment === 'seek') {
        cancelSeek()
        seekWaits = true
        cancelSeek = ports.after(seekSettlesMs, () => report(playhead() ?? head, playing ? 'playing' : 'paused', 'seek'))
        return
      }
      playing = moment === 'play'
      report(head, moment === 'play' ? 'playing' : moment === 'pause' ? 'paused' : 'stopped', 'tick')
      if (playing) tick()
      else cancelTick()
    },
    leave: (head, closing) => {
      // A page that closes is hidden as well, after it was left: its last word stays the last.
      if (closed) return
      closed = closing
      if (head !== null) {
        const sought = seekWaits
        cancelSeek()
        seekWaits = false
        put(head, closing ? 'stopped' : playing ? 'playing' : 'paused', sought ? 'seek' : 'tick')
      }
      // Side by side, not one after the other: there is no later. Sequence numbers put them in order.
      for (const [sessionId, entry] of [...pending]) {
        // Nobody may be here any more when it turns out that it did not arrive.
        ports.keep(entry.itemId, entry.body)
        void deliver(sessionId, entry, true)
      }
    },
    online: () => {
      failures = 0
      cancelRetry()
      flush()
    },
    settled: () => sending ?? Promise.resolve(),
    dispose: () => {
      playing = false
      cancelTick()
      cancelSeek()
    },
  }
}
