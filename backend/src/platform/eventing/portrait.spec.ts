import { eventTypes } from '@projectionist/shared/events/all'
import { LibraryAdded, LibraryFolderLost, LibraryRemoved, LibraryRenamed } from '@projectionist/shared/events/library'
import { describe, expect, it } from 'vitest'
import type { EventOf } from '@projectionist/shared/events/event'
import { Recording } from '../../../test/events.js'
import { EventCatalog } from './event-catalog.js'
import { compare, portray, telling, type Portrait } from './portrait.js'
import { fold, foldMany, projection, subjectOf, sweep, table } from './projection.js'

const libraries = table('libraries', { id: 'uuid', name: 'text' }, { key: ['id'] })
const roots = table('roots', { id: 'uuid', library_id: 'uuid', lost: 'boolean' }, { key: ['id'] })
const root = '0a0a0a0a-0000-4000-8000-00000000000a'
const library = '0b0b0b0b-0000-4000-8000-00000000000b'

const portrait: Portrait = {
  category: 'library',
  projection: projection({
    name: 'libraries',
    version: 1,
    tables: [libraries, roots],
    when: [
      fold(LibraryAdded, libraries, event => [subjectOf(event)], (_, event) => ({ id: subjectOf(event), name: event.data.name })),
      foldMany(LibraryAdded, roots, ({ data }) => data.roots.map(({ rootId }) => [rootId]), (_, event, [id]) => ({ id: String(id), library_id: subjectOf(event), lost: false })),
      fold(LibraryRenamed, libraries, event => [subjectOf(event)], (row, { data }) => row && { ...row, name: data.name }),
      fold(LibraryFolderLost, roots, ({ data }) => [data.rootId], row => row && { ...row, lost: true }),
      fold(LibraryRemoved, libraries, event => [subjectOf(event)], () => undefined),
      sweep(LibraryRemoved, roots, 'library_id', subjectOf),
    ],
  }),
  fields: rows => telling({ name: rows(libraries)[0]?.name, lost: rows(roots).filter(({ lost }) => lost).map(({ id }) => id), roots: rows(roots).length || null }),
}
const added = LibraryAdded({ name: 'Films', kind: 'films', roots: [{ rootId: root, path: '/films' }] })

describe('a portrait', () => {
  const after = (...events: EventOf[]) =>
    portray(portrait, new EventCatalog(eventTypes), new Recording().record(`library-${library}`, ...events))

  it('says what the rows of a stream say, and nothing of what says nothing', () => {
    expect(after(added)).toEqual({ name: 'Films', roots: 1 })
    expect(after(added, LibraryRenamed({ name: 'Pictures' }), LibraryFolderLost({ rootId: root, code: 'missing' }))).toEqual({ name: 'Pictures', roots: 1, lost: [root] })
    expect(after(added, LibraryRemoved({}))).toEqual({})
    expect(after()).toEqual({})
  })
  it('is compared field by field', () => {
    expect(compare(after(added), after(added, LibraryRenamed({ name: 'Pictures' })))).toEqual([{ field: 'name', from: 'Films', to: 'Pictures' }])
    expect(compare(after(added), after())).toEqual([{ field: 'name', from: 'Films', to: undefined }, { field: 'roots', from: 1, to: undefined }])
    expect(compare({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([])
  })
})
