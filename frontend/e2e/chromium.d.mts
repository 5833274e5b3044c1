export const flags: readonly string[]
export function findChromium(): Promise<{ readonly path: string; readonly env: Readonly<Record<string, string>> }>
export function cacheFolder(): string
