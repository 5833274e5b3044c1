import { fileURLToPath } from 'node:url'

/** Runs a bench when its file is what Node was started with; `--full` asks for the sizes that take long. */
export async function whenAlone(meta: ImportMeta, run: (options: { full: boolean }) => Promise<void>): Promise<void> {
  if (process.argv[1] === fileURLToPath(meta.url)) await run({ full: process.argv.includes('--full') })
}
