import { getContinueWatching, getNextUp } from '@projectionist/shared/api/playback'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { LibraryBig } from 'lucide-react'
import { call } from '../../lib/api.js'
import { itemsQuery } from '../../lib/item-queries.js'
import { librariesQuery, useMe } from '../../lib/queries.js'
import { ButtonLink } from '../../ui/button.js'
import { ItemCard } from '../../ui/item-card.js'
import { Shelf } from '../../ui/shelf.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { cardSizes, cardWidths } from './card-widths.js'
import { ContinueShelf } from './continue-shelf.js'
import { Hero, heroOf } from './hero.js'
import { HomeSkeleton } from './home-skeleton.js'
import { LibraryShelf } from './library-shelf.js'
import { HomePlayingElsewhere } from './playing-elsewhere.js'

const continueQuery = queryOptions({
  queryKey: ['continue-watching'],
  queryFn: ({ signal }) => call(getContinueWatching, { signal }),
  select: answer => answer.items,
  meta: { topics: ['watch-state', 'items'] },
})
const nextUpQuery = queryOptions({
  queryKey: ['next-up'],
  queryFn: ({ signal }) => call(getNextUp, { signal }),
  select: answer => answer.items,
  meta: { topics: ['watch-state', 'items'] },
})
const newestQuery = itemsQuery({ kind: ['film', 'series'], sort: 'added', order: 'desc', limit: 12 })

/** What to go on with, what comes next, and what is new. */
export default function HomePage() {
  const me = useMe()
  const libraries = useQuery(librariesQuery)
  const begun = useQuery(continueQuery)
  const next = useQuery(nextUpQuery)
  const newest = useQuery({ ...newestQuery, enabled: begun.data?.length === 0 })

  if (libraries.isError) return <ErrorState error={libraries.error} retry={() => void libraries.refetch()} />
  if (libraries.isPending || begun.isPending || next.isPending) return <HomeSkeleton />
  if (libraries.data.length === 0)
    return (
      <Empty
        icon={<LibraryBig />}
        title={me.role === 'admin' ? 'Nothing to show yet' : 'No library is open to you yet'}
        className="pt-[18vh]"
        action={
          me.role === 'admin' && (
            <ButtonLink look="loud" size="l" to="/admin/libraries?add">
              Add the first library
            </ButtonLink>
          )
        }
      >
        {me.role === 'admin'
          ? 'Name a folder with films, series, music or photos, and it all appears here.'
          : 'Ask whoever runs this server to share a library with you.'}
      </Empty>
    )

  const entries = begun.data ?? []
  const hero = heroOf(entries, newest.data?.items ?? [])
  const rest = hero?.entry ? entries.filter(entry => entry !== hero.entry) : entries
  return (
    <>
      <title>Projectionist</title>
      {hero ? <Hero {...hero} /> : <h1 className="sr-only">Home</h1>}
      <div className={hero ? 'relative mt-2 flex flex-col gap-(--row-gap)' : 'flex flex-col gap-(--row-gap) pt-8'}>
        <HomePlayingElsewhere />
        {begun.isError && <ErrorState error={begun.error} retry={() => void begun.refetch()} />}
        {rest.length > 0 && <ContinueShelf entries={rest} />}
        {next.data && next.data.length > 0 && (
          <Shelf title="Next up" cardWidth={cardWidths.still}>
            {next.data.map(item => (
              <ItemCard key={item.id} item={item} sizes={cardSizes.still} />
            ))}
          </Shelf>
        )}
        {libraries.data.map(library => (
          <LibraryShelf key={library.id} library={library} />
        ))}
      </div>
    </>
  )
}
