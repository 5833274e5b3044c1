import { useQuery } from '@tanstack/react-query'
import { LibraryBig, Settings2 } from 'lucide-react'
import { Link } from 'react-router'
import { itemsQuery } from '../../lib/item-queries.js'
import { libraryPath } from '../../lib/paths.js'
import { librariesQuery, useMe } from '../../lib/queries.js'
import { counted, kindsOf, kindWords } from '../../lib/words.js'
import type { Library } from '@projectionist/shared/api/libraries'
import { FadingPicture } from '../../ui/artwork.js'
import { ButtonLink } from '../../ui/button.js'
import { pictureOf } from '../../ui/item-picture.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'

/** All libraries, each with a picture of what came last. */
export default function LibrariesPage() {
  const me = useMe()
  const libraries = useQuery(librariesQuery)
  const manage = me.role === 'admin' && (
    <ButtonLink look="bare" to="/admin/libraries" icon={<Settings2 />}>
      Manage
    </ButtonLink>
  )
  return (
    <div className="pt-8 gutter">
      <title>Libraries · Projectionist</title>
      <div className="mb-5 flex items-center justify-between">
        <Text as="h1" size="heading">
          Libraries
        </Text>
        {manage}
      </div>
      {libraries.isError ? (
        <ErrorState error={libraries.error} retry={() => void libraries.refetch()} />
      ) : libraries.isPending ? (
        <Awaiting what="libraries" className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {[0, 1, 2, 3].map(index => (
            <Skeleton key={index} className="aspect-[2.4] !rounded-l" />
          ))}
        </Awaiting>
      ) : libraries.data.length === 0 ? (
        <Empty icon={<LibraryBig />} title="No libraries yet">
          {me.role === 'admin' ? 'Add one under Manage.' : 'Ask whoever runs this server to share one with you.'}
        </Empty>
      ) : (
        <ul data-arrows className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {libraries.data.map(library => (
            <LibraryTile key={library.id} library={library} />
          ))}
        </ul>
      )}
    </div>
  )
}

function LibraryTile({ library }: { library: Library }) {
  const kind = kindsOf[library.kind][0]
  const latest = useQuery(itemsQuery({ library: library.id, kind, sort: 'added', order: 'desc', limit: 1 }))
  const item = latest.data?.items[0]
  const picture = item && (item.pictures.backdrop ?? pictureOf(item, 'still'))
  return (
    <li>
      <Link
        to={libraryPath(library.id)}
        className="group relative isolate flex aspect-[2.4] flex-col justify-end overflow-hidden rounded-l bg-surface-2 p-5"
      >
        {picture && (
          <div className="absolute inset-0 -z-10 transition-[scale] duration-200 group-hover:scale-[1.02]">
            <FadingPicture picture={picture} sizes="(min-width: 40rem) 50vw, 100vw" />
          </div>
        )}
        {picture && <div className="absolute inset-0 -z-10 bg-linear-to-t from-black/85 via-black/45 to-black/10" />}
        <span className={picture ? 'text-title font-semibold text-white' : 'text-title font-semibold text-ink-1'}>
          {library.name}
        </span>
        <span className={picture ? 'figures text-white/85' : 'figures text-ink-3'}>
          {counted(library.itemCount, ...kindWords[kind])}
        </span>
      </Link>
    </li>
  )
}
