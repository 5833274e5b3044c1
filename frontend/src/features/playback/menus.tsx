import { Captions, Gauge, SlidersHorizontal } from 'lucide-react'
import { cx } from '../../lib/cx.js'
import { useSelected } from '../../lib/use-selected.js'
import { bitRate } from '../../lib/words.js'
import { speeds } from '../../player/keymap.js'
import { playerPreferences, prefer } from '../../player/player-preferences.js'
import { audioIndex } from '../../player/player-state.js'
import { IconButton } from '../../ui/button.js'
import { ChoiceList, Panel } from './player-menu.js'
import { usePlayer, usePlayerState } from './player-context.js'

export function TracksMenu() {
  const { engine } = usePlayer()
  const session = usePlayerState(state => state.session)
  const subtitleIndex = usePlayerState(state => state.subtitleIndex)
  const size = useSelected(playerPreferences, preferences => preferences.captionSize)
  const look = useSelected(playerPreferences, preferences => preferences.captionLook)
  if (!session || session.audio.length + session.subtitles.length === 0) return null
  const several = session.audio.length > 1
  return (
    <Panel
      name="tracks"
      title="Audio and subtitles"
      wide={several}
      trigger={
        <IconButton label="Audio and subtitles" shortcut="C" pressed={subtitleIndex !== -1} className="tv:size-14">
          <Captions />
        </IconButton>
      }
    >
      <div className={cx(several && 'sm:grid sm:grid-cols-2 sm:divide-x sm:divide-line')}>
        {several && (
          <ChoiceList
            label="Audio"
            options={session.audio.map(track => ({ value: track.index, text: track.label }))}
            value={audioIndex(session)}
            onChoose={engine.chooseAudio}
          />
        )}
        <div>
          <ChoiceList
            label="Subtitles"
            options={[
              { value: -1, text: 'Off' },
              ...session.subtitles.map(track => ({
                value: track.index,
                text: track.forced ? `${track.label} (forced)` : track.label,
                detail: track.url === null ? 'drawn in' : undefined,
              })),
            ]}
            value={subtitleIndex}
            onChoose={engine.chooseSubtitle}
          />
          {session.subtitles.some(track => track.url !== null) && (
            <div className="flex items-center gap-3 border-t border-line p-3">
              <div role="group" aria-label="Size of subtitles" className="flex items-baseline gap-1">
                {(['small', 'medium', 'large', 'huge'] as const).map((one, at) => (
                  <button
                    key={one}
                    type="button"
                    aria-label={one}
                    aria-pressed={size === one}
                    onClick={() => prefer({ captionSize: one })}
                    className={cx(
                      'h-9 w-9 rounded-m font-semibold hover:bg-surface-2',
                      size === one ? 'bg-surface-3 text-accent' : 'text-ink-2',
                    )}
                    style={{ fontSize: `${0.75 + at * 0.19}rem` }}
                  >
                    A
                  </button>
                ))}
              </div>
              <button
                type="button"
                aria-pressed={look === 'box'}
                onClick={() => prefer({ captionLook: look === 'box' ? 'outline' : 'box' })}
                className={cx(
                  'h-9 rounded-m px-2.5 hover:bg-surface-2',
                  look === 'box' ? 'bg-surface-3 text-accent' : 'text-ink-2',
                )}
              >
                On black
              </button>
            </div>
          )}
        </div>
      </div>
    </Panel>
  )
}

export function SpeedMenu() {
  const { engine } = usePlayer()
  const rate = usePlayerState(state => state.rate)
  return (
    <Panel
      name="speed"
      title="Speed"
      trigger={
        <IconButton
          label={rate === 1 ? 'Speed' : `Speed, now ${rate}×`}
          shortcut="< >"
          pressed={rate !== 1}
          className="tv:size-14"
        >
          {rate === 1 ? <Gauge /> : <span className="figures text-small font-semibold">{rate}×</span>}
        </IconButton>
      }
    >
      <ChoiceList
        label="Speed"
        options={speeds.map(speed => ({ value: speed, text: speed === 1 ? 'Normal' : `${speed}×` }))}
        value={rate}
        onChoose={engine.setRate}
      />
    </Panel>
  )
}

export function QualityMenu() {
  const { engine } = usePlayer()
  const session = usePlayerState(state => state.session)
  if (!session || session.qualities.length < 2) return null
  return (
    <Panel
      name="quality"
      title="Quality"
      trigger={
        <IconButton label="Quality" pressed={session.quality !== 'original'} className="tv:size-14">
          <SlidersHorizontal />
        </IconButton>
      }
    >
      <ChoiceList
        label="Quality"
        options={session.qualities.map(quality => ({
          value: quality.id,
          text: quality.label,
          // Rungs carry their bit rate in their name.
          detail: quality.bitRate === null && session.original.bitRate !== null ? bitRate(session.original.bitRate) : undefined,
        }))}
        value={session.quality}
        onChoose={engine.chooseQuality}
      />
    </Panel>
  )
}
