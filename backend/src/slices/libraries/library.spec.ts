import {
  LibraryAdded,
  LibraryFolderAdded,
  LibraryFolderLost,
  LibraryFolderRemoved,
  LibraryRemoved,
  LibraryRenamed,
  LibraryRestored,
} from '@projectionist/shared/events/library'
import { describe, it } from 'vitest'
import { Story } from '../../../test/undo.js'
import { anyDecider } from '../../platform/eventing/decider.js'
import { library } from './library.js'

const [one, two, three] = ['1', '2', '3'].map(n => `02020202-0000-4000-8000-00000000000${n}`) as [string, string, string]
const films = { rootId: one, path: '/films' }
const more = { rootId: two, path: '/more' }

describe('what was done to a library', () => {
  const begin = () => {
    const told = new Story([anyDecider(library)], `library-${three}`)
    return { told, added: told.happens(LibraryAdded({ name: 'Films', kind: 'films', roots: [films] }))[0]! }
  }
  it('brings back one that was removed, and removes one that was added', () => {
    const { told, added } = begin()
    const [removed] = told.happens(LibraryRemoved({}))
    const back = told.takesBack(removed!)
    back.appends(LibraryRestored({ roots: [films] }))
    told.takesBack(...back.events).appends(LibraryRemoved({}))
    told.takesBack(added).needsNothing()
    const another = begin()
    another.told.takesBack(another.added).appends(LibraryRemoved({}))
  })
  it('takes names back while nobody gave another', () => {
    const { told } = begin()
    const [first] = told.happens(LibraryRenamed({ name: 'Movies' }))
    const [second] = told.happens(LibraryRenamed({ name: 'Pictures' }))
    told.takesBack(first!).stays('The library was renamed again since.', second)
    told.takesBack(second!).appends(LibraryRenamed({ name: 'Movies' }))
    told.takesBack(first!).appends(LibraryRenamed({ name: 'Films' }))
  })
  it('takes folders back, and does not add one twice', () => {
    const { told } = begin()
    const [added] = told.happens(LibraryFolderAdded(more))
    const undo = told.takesBack(added!)
    undo.appends(LibraryFolderRemoved({ rootId: two }))
    told.takesBack(...undo.events).appends(LibraryFolderAdded(more))
    const [removed] = told.happens(LibraryFolderRemoved({ rootId: two }))
    const [again] = told.happens(LibraryFolderAdded({ rootId: three, path: '/more' }))
    told.takesBack(removed!).stays('The folder was added again since.', again)
  })
  it('leaves a library alone that was removed, and what scans saw', () => {
    const { told } = begin()
    const [renamed] = told.happens(LibraryRenamed({ name: 'Movies' }))
    const [lost] = told.happens(LibraryFolderLost({ rootId: one, code: 'missing' }))
    const [removed] = told.happens(LibraryRemoved({}))
    told.takesBack(renamed!).stays('The library was removed.', removed)
    told.takesBack(lost!).stays('It says what a scan saw. The next scan looks again.')
  })
})
