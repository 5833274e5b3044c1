import { LibraryKind } from '@projectionist/shared/events/media'
import { Film, Image, Music, Tv, Video } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.js'
import { libraryKindWords } from '../lib/words.js'

const kinds: Readonly<Record<LibraryKind, readonly [icon: ReactNode, words: string]>> = {
  films: [<Film />, 'One film a file or folder'],
  shows: [<Tv />, 'Seasons and episodes'],
  music: [<Music />, 'Albums and tracks'],
  photos: [<Image />, 'A timeline of pictures'],
  'home-videos': [<Video />, 'Your own recordings'],
}

/** Chooses what a library holds. */
export const KindChoice = ({ value, onChange }: { value: LibraryKind; onChange: (kind: LibraryKind) => void }) => (
  <div role="radiogroup" aria-label="What it holds" data-own-arrows className="grid gap-2 sm:grid-cols-2 md:grid-cols-3">
    {LibraryKind.options.map(kind => (
      <label
        key={kind}
        className={cx(
          'flex items-center gap-3.5 rounded-m p-3.5 ring-inset transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink sm:flex-col sm:items-start',
          kind === value ? 'bg-surface-2 ring-2 ring-accent-ink' : 'bg-surface-1 ring-1 ring-line hover:bg-surface-2',
        )}
      >
        <input type="radio" name="kind" className="sr-only" checked={kind === value} onChange={() => onChange(kind)} />
        <span className={cx('[&>svg]:size-6 [&>svg]:stroke-[1.75]', kind === value ? 'text-accent-ink' : 'text-ink-3')}>
          {kinds[kind][0]}
        </span>
        <span>
          <span className="block text-body font-semibold text-ink-1">{libraryKindWords[kind]}</span>
          <span className="block text-small text-ink-3">{kinds[kind][1]}</span>
        </span>
      </label>
    ))}
  </div>
)
