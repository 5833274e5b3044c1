import type { Item, ItemFile } from '@projectionist/shared/api/items'
import { useState } from 'react'
import type { WatchChoices } from '../../lib/paths.js'
import { audioLabel, subtitleLabel, versionLabel } from '../../lib/media-words.js'
import { bytes } from '../../lib/words.js'
import type { Option } from '../../ui/select.js'

const automatic = 'auto'

/** What one may choose before playing; a list with one entry is no choice and stays empty. */
export interface PlayChoices {
  readonly file: ItemFile | undefined
  readonly versions: readonly Option<string>[]
  readonly audio: readonly Option<string>[]
  readonly subtitles: readonly Option<string>[]
  readonly chosen: { readonly audio: string; readonly subtitles: string }
  readonly choose: (choice: { file?: string; audio?: string; subtitles?: string }) => void
  /** For the address of the player. */
  readonly watch: WatchChoices
}

/** Version, audio and subtitles to play an item with. Another version starts with its own usual tracks. */
export function usePlayChoices(item: Item): PlayChoices {
  const playable = item.files.filter(file => file.available)
  const [choice, setChoice] = useState({ file: '', audio: automatic, subtitles: automatic })
  const file = playable.find(one => one.id === choice.file) ?? playable[0] ?? item.files[0]
  const media = file?.media
  const more = (options: readonly Option<string>[], least: number) => (options.length >= least ? options : [])
  return {
    file,
    versions: more(
      playable.map(one => ({ value: one.id, label: versionLabel(one.media, one.edition), detail: bytes(one.sizeBytes) })),
      2,
    ),
    audio: more(
      [
        { value: automatic, label: 'Automatic' },
        ...(media?.audio.map(one => ({ value: String(one.index), label: audioLabel(one) })) ?? []),
      ],
      3,
    ),
    subtitles: more(
      [
        { value: automatic, label: 'Automatic' },
        { value: '-1', label: 'None' },
        ...(media?.subtitles.map(one => ({ value: String(one.index), label: subtitleLabel(one) })) ?? []),
      ],
      3,
    ),
    chosen: choice,
    choose: next =>
      setChoice(now =>
        next.file !== undefined ? { file: next.file, audio: automatic, subtitles: automatic } : { ...now, ...next },
      ),
    watch: {
      ...(choice.file && file && { fileId: file.id }),
      ...(choice.audio !== automatic && { audioIndex: Number(choice.audio) }),
      ...(choice.subtitles !== automatic && { subtitleIndex: Number(choice.subtitles) }),
    },
  }
}
