import type { ItemKind, LibraryKind } from '@projectionist/shared/events/media'
import { useSearchParams } from 'react-router'
import { kindsOf } from '../../lib/words.js'
import { ItemGrid } from './item-grid.js'

const libraryKindOf = (kind: string | null): LibraryKind =>
  (Object.keys(kindsOf) as LibraryKind[]).find(library => kindsOf[library].includes(kind as ItemKind)) ?? 'films'

/** All of a kind that fits the words searched for, whichever library it is in. */
export default function FoundPage() {
  const [search] = useSearchParams()
  const kind = libraryKindOf(search.get('kind'))
  return <ItemGrid key={kind} library={{ id: undefined, name: 'All libraries', kind, roots: [], scan: null }} />
}
