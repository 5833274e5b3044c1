import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a build of FFmpeg has in it. That a hardware encoder is listed does not say that the machine has the hardware. */
export interface Capabilities {
  readonly encoders: ReadonlySet<string>
  readonly filters: ReadonlySet<string>
}

/** Asks an FFmpeg what it has. */
export async function readCapabilities(path: string): Promise<Capabilities> {
  const [encoders, filters] = await Promise.all(
    ['-encoders', '-filters'].map(what => run(path, ['-hide_banner', what], { timeout: 10_000, maxBuffer: 4 << 20 })),
  )
  return { encoders: listed(encoders?.stdout ?? '', /^ [VAS][A-Z.]{5} (\S+) /), filters: listed(filters?.stdout ?? '', /^ [A-Z.]{2,3} (\S+) /) }
}

function listed(output: string, entry: RegExp): ReadonlySet<string> {
  return new Set(output.split('\n').flatMap(line => entry.exec(line)?.[1] ?? []))
}
