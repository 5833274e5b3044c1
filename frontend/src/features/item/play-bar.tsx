import type { Item } from '@projectionist/shared/api/items'
import { AudioLines, Captions, Film, Play, RotateCcw } from 'lucide-react'
import { watchPath } from '../../lib/paths.js'
import { timeLeft } from '../../lib/time-words.js'
import { Button, ButtonLink } from '../../ui/button.js'
import { Progress } from '../../ui/progress.js'
import { Select } from '../../ui/select.js'
import { Text } from '../../ui/text.js'
import { OtherPlace } from './other-place.js'
import { OwnMarks } from './own-marks.js'
import { usePlayChoices } from './play-choices.js'
import { ItemPlayingElsewhere } from './playing-elsewhere.js'

/** Play or go on, with the time left, as the one loud button; beside it what is one's own; under it what to choose before. */
export function PlayBar({ item }: { item: Item }) {
  const choices = usePlayChoices(item)
  const begun = item.state.positionMs > 0 && item.durationMs !== null
  const playable = item.available && choices.file !== undefined
  return (
    <>
      <div className="mt-6 flex flex-wrap items-center gap-3" data-arrows>
        {playable ? (
          <ButtonLink
            command
            look="loud"
            size="l"
            className="max-sm:w-full"
            to={watchPath(item.id, choices.watch)}
            icon={<Play className="fill-current" />}
          >
            {begun
              ? `Resume · ${timeLeft(item.state.positionMs, item.durationMs ?? 0)}`
              : item.state.watched
                ? 'Play again'
                : 'Play'}
          </ButtonLink>
        ) : (
          <Button command look="loud" size="l" className="max-sm:w-full" disabled icon={<Play className="fill-current" />}>
            Play
          </Button>
        )}
        {begun && playable && (
          <ButtonLink
            command
            look="quiet"
            size="l"
            className="max-sm:flex-1"
            to={watchPath(item.id, { ...choices.watch, startMs: 0 })}
            icon={<RotateCcw />}
          >
            From the start
          </ButtonLink>
        )}
        <OwnMarks item={item} />
      </div>
      {!playable && (
        <Text className="mt-3">The disk with this file cannot be reached right now. It plays again when the disk is back.</Text>
      )}
      {begun && (
        <Progress
          value={item.state.positionMs / Math.max(1, item.durationMs ?? 1)}
          label="Watched so far"
          className="mt-5 w-64 max-w-full"
        />
      )}
      {playable && <ItemPlayingElsewhere item={item} />}
      <OtherPlace item={item} />
      {playable && (
        <div data-row className="mt-5 flex flex-wrap gap-2">
          {choices.versions.length > 0 && choices.file && (
            <Select
              label="Version"
              icon={<Film />}
              value={choices.file.id}
              options={choices.versions}
              onChange={file => choices.choose({ file })}
            />
          )}
          {choices.audio.length > 0 && (
            <Select
              label="Audio"
              labelled={choices.chosen.audio === 'auto'}
              icon={<AudioLines />}
              value={choices.chosen.audio}
              options={choices.audio}
              onChange={audio => choices.choose({ audio })}
            />
          )}
          {choices.subtitles.length > 0 && (
            <Select
              label="Subtitles"
              labelled={choices.chosen.subtitles === 'auto' || choices.chosen.subtitles === '-1'}
              icon={<Captions />}
              value={choices.chosen.subtitles}
              options={choices.subtitles}
              onChange={subtitles => choices.choose({ subtitles })}
            />
          )}
        </div>
      )}
    </>
  )
}
