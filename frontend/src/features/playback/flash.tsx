import { Captions, Gauge, Pause, Play, RotateCcw, RotateCw, Volume2, VolumeX, AudioLines } from 'lucide-react'
import { useCallback, useState } from 'react'
import { cx } from '../../lib/cx.js'

/** What a key or a gesture did, shown for a moment. */
export type FlashSign =
  | { readonly kind: 'play' | 'pause' }
  | { readonly kind: 'back' | 'ahead'; readonly text: string }
  | { readonly kind: 'volume' | 'muted' | 'speed' | 'captions' | 'audio'; readonly text: string }

export type Flashed = FlashSign & { readonly id: number }

export function useFlash(): readonly [Flashed | null, (sign: FlashSign) => void] {
  const [flashed, set] = useState<Flashed | null>(null)
  const flash = useCallback((sign: FlashSign) => set(last => ({ ...sign, id: (last?.id ?? 0) + 1 })), [])
  return [flashed, flash]
}

const icons = {
  play: Play,
  pause: Pause,
  back: RotateCcw,
  ahead: RotateCw,
  volume: Volume2,
  muted: VolumeX,
  speed: Gauge,
  captions: Captions,
  audio: AudioLines,
}

export function Flash({ flashed }: { flashed: Flashed | null }) {
  if (!flashed) return null
  const Icon = icons[flashed.kind]
  const place =
    flashed.kind === 'back'
      ? 'left-[8%] md:left-[16%]'
      : flashed.kind === 'ahead'
        ? 'right-[8%] md:right-[16%]'
        : 'left-1/2 -translate-x-1/2'
  const central = flashed.kind === 'play' || flashed.kind === 'pause'
  return (
    <>
      <div
        className={cx(
          'pointer-events-none absolute z-10',
          place,
          central
            ? 'top-1/2 -translate-y-1/2'
            : flashed.kind === 'back' || flashed.kind === 'ahead'
              ? 'top-[42%] -translate-y-1/2 md:top-1/2'
              : 'top-[14%]',
        )}
      >
        <div
          key={flashed.id}
          className={cx(
            'player-flash flex items-center gap-2.5 rounded-full bg-black/60 text-white',
            central ? 'p-5' : 'px-4 py-2.5',
          )}
        >
          <Icon className={cx(central ? 'size-8 fill-current' : 'size-5')} aria-hidden="true" />
          {'text' in flashed && <span className="figures text-body font-medium">{flashed.text}</span>}
        </div>
      </div>
      <div role="status" className="sr-only">
        {'text' in flashed ? flashed.text : flashed.kind === 'play' ? 'Playing' : 'Paused'}
      </div>
    </>
  )
}
