import type { Item, ItemFile } from '@projectionist/shared/api/items'
import { ChevronRight } from 'lucide-react'
import { audioFacts, codecName, subtitleFacts, versionLabel, videoFacts } from '../../lib/media-words.js'
import { duration } from '../../lib/time-words.js'
import { bitRate, bytes } from '../../lib/words.js'
import { Badge } from '../../ui/chip.js'

/** The files of an item; the technical facts of each are folded away. */
export const Files = ({ item }: { item: Item }) => (
  <ul className="flex flex-col gap-2">
    {item.files.map(file => (
      <li key={file.id}>
        <details className="group rounded-m bg-surface-1 ring-1 ring-line" open={item.files.length === 1}>
          <summary className="flex list-none items-center gap-3 rounded-m px-4 py-3 [&::-webkit-details-marker]:hidden">
            <ChevronRight className="size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-90" />
            <span className="min-w-0 flex-1">
              <span className="block font-medium text-ink-1">{versionLabel(file.media, file.edition)}</span>
              <span className="block truncate text-ink-3 select-text">{file.path}</span>
            </span>
            {!file.available && <Badge tone="loss">Away</Badge>}
            <span className="figures text-ink-3">{bytes(file.sizeBytes)}</span>
          </summary>
          <FileFacts file={file} />
        </details>
      </li>
    ))}
  </ul>
)

function FileFacts({ file: { media, path } }: { file: ItemFile }) {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Path', [path]],
    [
      'Container',
      [
        [codecName(media.container), media.durationMs && duration(media.durationMs), media.bitRate && bitRate(media.bitRate)]
          .filter(Boolean)
          .join(' · '),
      ],
    ],
    ['Picture', media.image ? [`${media.image.width}×${media.image.height}`] : media.video.map(videoFacts)],
    ['Audio', media.audio.map(audioFacts)],
    ['Subtitles', media.subtitles.map(subtitleFacts)],
  ]
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-3 border-t border-line px-4 py-4 pl-11 select-text">
      {rows
        .filter(([, values]) => values.length > 0)
        .map(([name, values]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="figures [overflow-wrap:anywhere]">
              {values.map((value, index) => (
                <span key={index} className="block">
                  {value}
                </span>
              ))}
            </dd>
          </div>
        ))}
    </dl>
  )
}
