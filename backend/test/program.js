import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
/** Runs `embedded-program.ts` as a process group of its own, as another user if asked; resolves when it has said how it goes. */
export async function runProgram(home, uid) {
  const here = name => fileURLToPath(new URL(name, import.meta.url))
  const child = spawn(process.execPath, ['--import', here('typescript.mjs'), here('embedded-program.ts'), home], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [''])])
  return { ...JSON.parse(line), pid: child.pid ?? 0, ended }
}
//# sourceMappingURL=program.js.map
