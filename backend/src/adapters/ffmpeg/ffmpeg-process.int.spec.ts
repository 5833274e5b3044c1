import { fork } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { compiled } from '../../platform/processes/compiled.js'

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.runIf(process.platform !== 'win32')('a running FFmpeg', () => {
  it('ends when the program that started it is killed', async () => {
    const program = fork(compiled(import.meta.url, './ffmpeg-process.fixture.js'))
    const [pid] = (await once(program, 'message')) as [number]
    expect(lives(pid)).toBe(true)
    program.kill('SIGKILL')
    await vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 20_000 })
  })
})
