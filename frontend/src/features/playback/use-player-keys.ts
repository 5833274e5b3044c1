import { isTelevision } from '../../lib/preferences.js'
import { arrowUse, keyCommand, stepSpeed, type KeyCommand } from '../../player/keymap.js'
import { audioIndex, cycle, subtitleRow } from '../../player/player-state.js'
import { chapterStep } from '../../player/scrubber.js'
import { clock } from '../../player/time-format.js'
import { useKeyDown } from '../../ui/use-key-down.js'
import { toggleFullScreen, togglePictureInPicture } from './screen-modes.js'
import type { Player } from './player-context.js'

interface KeyTargets {
  readonly help: (open: boolean | 'toggle') => void
  readonly helpOpen: boolean
  readonly controlsShown: boolean
  /** Shows the controls, with the focus on the one to begin with. */
  readonly showControls: () => void
}

const frameMs = 1000 / 24

/** What each command does; answers whether it did anything. */
function obey(command: KeyCommand, { engine, flash, playNext, leave }: Player, targets: KeyTargets): boolean {
  const state = engine.state.get()
  const { session } = state
  switch (command.do) {
    case 'toggle':
      flash({ kind: state.playing ? 'pause' : 'play' })
      engine.toggle()
      return true
    case 'seek-by':
      engine.seekBy(command.ms)
      flash({ kind: command.ms < 0 ? 'back' : 'ahead', text: `${Math.abs(command.ms) / 1000} s` })
      return true
    case 'seek-to':
      engine.seek((state.durationMs * command.percent) / 100)
      flash({
        kind: command.percent * state.durationMs < state.positionMs * 100 ? 'back' : 'ahead',
        text: clock((state.durationMs * command.percent) / 100),
      })
      return true
    case 'chapter': {
      const to = chapterStep(session?.chapters ?? [], state.positionMs, command.step)
      if (to === null) return false
      engine.seek(to)
      const title = session?.chapters.find(chapter => chapter.startMs === to)?.title
      flash({ kind: command.step === 1 ? 'ahead' : 'back', text: title ?? clock(to) })
      return true
    }
    case 'frame':
      if (state.playing) return false
      engine.seekBy(command.step * frameMs)
      return true
    case 'volume-by': {
      const percent = Math.round((state.muted ? 0 : state.volume) * 100) + command.percent
      engine.setVolume(percent / 100)
      flash({ kind: percent <= 0 ? 'muted' : 'volume', text: `${Math.min(100, Math.max(0, percent))}%` })
      return true
    }
    case 'mute':
      engine.setMuted(!state.muted)
      flash({ kind: state.muted ? 'volume' : 'muted', text: state.muted ? 'Sound on' : 'Sound off' })
      return true
    case 'speed': {
      const rate = stepSpeed(state.rate, command.step)
      engine.setRate(rate)
      flash({ kind: 'speed', text: `${rate}×` })
      return true
    }
    case 'captions': {
      const next = cycle(subtitleRow(session, navigator.languages), state.subtitleIndex)
      if (next === undefined || next === state.subtitleIndex) return false
      engine.chooseSubtitle(next)
      flash({ kind: 'captions', text: session?.subtitles.find(track => track.index === next)?.label ?? 'Subtitles off' })
      return true
    }
    case 'audio': {
      const next = cycle(session?.audio.map(track => track.index) ?? [], audioIndex(session))
      if (next === undefined || next === audioIndex(session)) return false
      engine.chooseAudio(next)
      flash({ kind: 'audio', text: session?.audio.find(track => track.index === next)?.label ?? '' })
      return true
    }
    case 'full-screen':
      void toggleFullScreen(engine.media as HTMLVideoElement)
      return true
    case 'picture-in-picture':
      void togglePictureInPicture(engine.media as HTMLVideoElement)
      return true
    case 'next':
      playNext?.()
      return playNext !== null
    case 'help':
      targets.help('toggle')
      return true
    case 'leave':
      if (targets.helpOpen) targets.help(false)
      else leave()
      return true
  }
}

const placeOf = (active: Element | null) =>
  active?.matches('[data-scrubber]') ? 'scrubber' : active?.matches('button, a, input') ? 'control' : 'nowhere'

/** Whether the focused thing has a better use for the key than the player. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (!target) return false
  if (target.closest('[data-own-keys], input:not([type=range]), textarea, select, [contenteditable]')) return true
  if (target.matches('input[type=range]') && event.key.startsWith('Arrow')) return true
  const presses = event.key === ' ' || event.key === 'Enter'
  return presses && target.matches('button:focus-visible, a:focus-visible')
}

/** The keyboard, and on a television the five keys of the remote. */
export function usePlayerKeys(player: Player | null, targets: KeyTargets): void {
  useKeyDown(
    event => {
      if (!player || event.defaultPrevented || belongsElsewhere(event)) return
      const use = isTelevision() ? arrowUse(event.key, targets.controlsShown, placeOf(document.activeElement)) : 'player'
      if (use === 'page') return
      if (use === 'show') {
        event.preventDefault()
        event.stopPropagation()
        return targets.showControls()
      }
      const command = isTelevision() && event.key === 'Enter' ? ({ do: 'toggle' } as const) : keyCommand(event)
      if (!command || !obey(command, player, targets)) return
      event.preventDefault()
    },
    { capture: true },
  )
}
