/** What a key does in the player, as on YouTube and in mpv. */
export type KeyCommand =
  | { readonly do: 'toggle' | 'full-screen' | 'mute' | 'captions' | 'audio' | 'picture-in-picture' | 'next' | 'help' | 'leave' }
  | { readonly do: 'seek-by'; readonly ms: number }
  | { readonly do: 'seek-to'; readonly percent: number }
  | { readonly do: 'volume-by'; readonly percent: number }
  | { readonly do: 'speed'; readonly step: 1 | -1 }
  | { readonly do: 'frame' | 'chapter'; readonly step: 1 | -1 }

export interface Key {
  readonly key: string
  readonly ctrlKey?: boolean
  readonly altKey?: boolean
  readonly metaKey?: boolean
  readonly shiftKey?: boolean
}

const commands: Readonly<Record<string, KeyCommand>> = {
  ' ': { do: 'toggle' },
  k: { do: 'toggle' },
  j: { do: 'seek-by', ms: -10_000 },
  l: { do: 'seek-by', ms: 10_000 },
  arrowleft: { do: 'seek-by', ms: -5_000 },
  arrowright: { do: 'seek-by', ms: 5_000 },
  arrowup: { do: 'volume-by', percent: 5 },
  arrowdown: { do: 'volume-by', percent: -5 },
  home: { do: 'seek-to', percent: 0 },
  f: { do: 'full-screen' },
  m: { do: 'mute' },
  c: { do: 'captions' },
  a: { do: 'audio' },
  i: { do: 'picture-in-picture' },
  n: { do: 'next' },
  '<': { do: 'speed', step: -1 },
  '>': { do: 'speed', step: 1 },
  '.': { do: 'frame', step: 1 },
  ',': { do: 'frame', step: -1 },
  pagedown: { do: 'chapter', step: 1 },
  pageup: { do: 'chapter', step: -1 },
  '?': { do: 'help' },
  escape: { do: 'leave' },
}

/** The command of a key; null for keys that are the browser's or nobody's. */
export function keyCommand({ key, ctrlKey, altKey, metaKey, shiftKey }: Key): KeyCommand | null {
  if (ctrlKey || altKey || metaKey) return null
  if (/^[0-9]$/.test(key)) return { do: 'seek-to', percent: Number(key) * 10 }
  if (shiftKey && key.startsWith('Arrow')) {
    return key === 'ArrowLeft' ? { do: 'chapter', step: -1 } : key === 'ArrowRight' ? { do: 'chapter', step: 1 } : null
  }
  return commands[key.toLowerCase()] ?? null
}

/**
 * What a key of a remote's cross is for: winding or the volume (`player`), going from control to control (`page`), or showing
 * the controls with the focus on play. Anything but an arrow is the player's.
 */
export function arrowUse(
  key: string,
  controlsShown: boolean,
  focus: 'scrubber' | 'control' | 'nowhere',
): 'player' | 'page' | 'show' {
  if (!key.startsWith('Arrow')) return 'player'
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
  if (controlsShown && focus === 'control') return 'page'
  if (controlsShown && focus === 'scrubber') return sideways ? 'player' : 'page'
  return sideways ? 'player' : 'show'
}

export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3] as const
/** The next speed up or down; stays at the ends. */
export function stepSpeed(rate: number, step: 1 | -1): number {
  return (step === 1 ? speeds.find(speed => speed > rate) : speeds.findLast(speed => speed < rate)) ?? rate
}

/** The keys, as the player's help shows them. */
export const keyHelp: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Space', 'K'], does: 'Play or pause' },
  { keys: ['J', 'L'], does: '10 seconds back or ahead' },
  { keys: ['←', '→'], does: '5 seconds back or ahead' },
  { keys: ['Shift ←', 'Shift →'], does: 'Chapter before or after' },
  { keys: [',', '.'], does: 'One picture back or ahead, when paused' },
  { keys: ['0', '…', '9'], does: 'To that tenth of the film' },
  { keys: ['↑', '↓'], does: 'Louder or quieter' },
  { keys: ['M'], does: 'Sound off or on' },
  { keys: ['<', '>'], does: 'Slower or faster' },
  { keys: ['C'], does: 'Next subtitles' },
  { keys: ['A'], does: 'Next audio' },
  { keys: ['F'], does: 'Full screen' },
  { keys: ['I'], does: 'Picture in picture' },
  { keys: ['N'], does: 'Next episode' },
  { keys: ['Esc'], does: 'Leave the player' },
]
