import type { Item } from '@projectionist/shared/api/items'
import { Link } from 'react-router'
import { libraryPath, watchPath } from '../../lib/paths.js'
import { clock, wholeDate } from '../../lib/time-words.js'
import { Text } from '../../ui/text.js'
import { People } from './people.js'

const link = 'rounded-s text-ink-1 underline decoration-line underline-offset-4 hover:decoration-accent-ink'

/** What an item is about, who made it, and where to go from here. */
export function About({ item }: { item: Item }) {
  const details: readonly (readonly [string, React.ReactNode])[] = [
    ['Genres', item.genres.length > 0 && <Links values={item.genres} to={genre => libraryPath(item.libraryId, { genre })} />],
    ['Original title', item.originalTitle !== item.title && item.originalTitle],
    [item.kind === 'episode' ? 'First shown' : 'Released', item.releasedOn && wholeDate(item.releasedOn)],
    ['Studio', item.studios.join(', ')],
    ['Tags', item.tags.join(', ')],
    ['Camera', item.camera],
  ]
  const shown = details.filter(([, value]) => Boolean(value))
  return (
    <div className="flex flex-col gap-10">
      <div className="grid gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,42rem)_minmax(14rem,1fr)]">
        <div>
          {item.tagline && <p className="mb-3 text-title text-ink-1 text-balance">{item.tagline}</p>}
          {item.overview ? (
            <p className="text-body leading-7 text-pretty whitespace-pre-line select-text">{item.overview}</p>
          ) : (
            !item.tagline && (
              <Text className="text-body text-ink-3">
                No description yet. An NFO file beside the media brings one with the next scan.
              </Text>
            )
          )}
        </div>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-6 gap-y-2.5 text-small">
          {shown.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="text-ink-1">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <People item={item} />
      {item.chapters.length > 1 && (
        <section>
          <Text as="h2" size="title" className="mb-3">
            Chapters
          </Text>
          <ol className="grid gap-x-8 gap-y-0.5 sm:grid-cols-2 lg:grid-cols-3">
            {item.chapters.map(chapter => (
              <li key={chapter.startMs}>
                <Link
                  to={watchPath(item.id, { startMs: chapter.startMs })}
                  className="-mx-2 flex gap-4 rounded-s px-2 py-1.5 hover:bg-surface-2"
                >
                  <span className="figures w-14 shrink-0 text-ink-3">{clock(chapter.startMs)}</span>
                  <span className="truncate text-ink-1">{chapter.title}</span>
                </Link>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}

const Links = ({ values, to }: { values: readonly string[]; to: (value: string) => string }) => (
  <span className="flex flex-wrap gap-x-3 gap-y-1">
    {values.map(value => (
      <Link key={value} to={to(value)} className={link}>
        {value}
      </Link>
    ))}
  </span>
)
