import { describe, expect, it, vi } from 'vitest'
import type { Jobs } from '../../platform/jobs/jobs.js'
import type { Keys } from '../../platform/keys.js'
import type { MediaEngine } from '../../platform/media/media-engine.js'
import type { Settings } from '../../platform/settings.js'
import { PlaybackParts } from './playback-parts.js'

const partsWith = (add: () => Promise<void>) =>
  PlaybackParts.make({} as MediaEngine, { get: () => Promise.resolve(Buffer.alloc(32)) } as unknown as Keys, { home: '/h', node: 'n' } as Settings, { add } as unknown as Jobs)

describe('asking for a worker', () => {
  it('holds up nobody while Redis does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const parts = await partsWith(() => new Promise(() => {}))
      const asked = parts.enqueue('11111111-0000-4000-8000-000000000001', 0)
      await vi.advanceTimersByTimeAsync(1000)
      await expect(asked).resolves.toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })
  it('is a hint, whose failure is no failure', async () => {
    const parts = await partsWith(() => Promise.reject(new Error('Connection is closed.')))
    await expect(parts.enqueue('11111111-0000-4000-8000-000000000001', 0)).resolves.toBeUndefined()
  })
})
