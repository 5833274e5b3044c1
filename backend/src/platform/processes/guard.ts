import { spawn } from 'node:child_process'

/**
 * Ends another process when this program dies without a word, by sending it `signal`. It is a shell that waits on a pipe of ours:
 * a line means that all is well, the end of the pipe that this program is gone. To be dismissed when the process has ended, for
 * its number will be another's. Where there is no shell, nothing is guarded.
 */
export function guard(pid: number, signal: 'INT' | 'KILL'): { dismiss(): void } {
  const shell = spawn('/bin/sh', ['-c', 'read -r line || kill "-$2" "$1"', 'guard', String(pid), signal], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  return { dismiss: () => void shell.stdin.end('\n') }
}
