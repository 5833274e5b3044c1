import { useQuery } from '@tanstack/react-query'
import { FolderPlus, LibraryBig } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { librariesQuery } from '../../lib/queries.js'
import { useLiveScans } from '../../lib/scans.js'
import { Button } from '../../ui/button.js'
import { Page } from '../../ui/page.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { AddLibraryDialog } from './add-library-dialog.js'
import { LibraryPanel } from './library-panel.js'

/** All libraries: their folders, their scans, and what could not be read. */
export default function LibrariesAdminPage() {
  useLiveScans()
  const [search, setSearch] = useSearchParams()
  const libraries = useQuery(librariesQuery)
  const add = () => setSearch({ add: '' }, { replace: true })
  const button = (
    <Button look="loud" icon={<FolderPlus />} onClick={add}>
      Add a library
    </Button>
  )
  return (
    <Page
      title="Libraries"
      words="Each names folders on the server. Your files are read, never changed."
      actions={(libraries.data?.length ?? 0) > 0 && button}
    >
      {libraries.isError ? (
        <ErrorState error={libraries.error} retry={() => void libraries.refetch()} />
      ) : libraries.isPending ? (
        <Awaiting what="libraries" className="flex flex-col gap-4">
          {[0, 1, 2].map(index => (
            <Skeleton key={index} className="h-36 !rounded-l" />
          ))}
        </Awaiting>
      ) : libraries.data.length === 0 ? (
        <Empty icon={<LibraryBig />} title="No library yet" action={button}>
          Name a folder with films, series, music or photos, and it all appears.
        </Empty>
      ) : (
        <ul className="flex flex-col gap-4">
          {libraries.data.map(library => (
            <li key={library.id}>
              <LibraryPanel library={library} />
            </li>
          ))}
        </ul>
      )}
      {search.has('add') && <AddLibraryDialog onClose={() => setSearch({}, { replace: true })} />}
    </Page>
  )
}
