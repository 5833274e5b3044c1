import { MediaIngested, MetadataEdited } from '@projectionist/shared/events/item'
import { describe, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { Story } from '../../../test/undo.js'
import { anyDecider } from '../../platform/eventing/decider.js'
import { editing, EditMetadata } from './edit.js'

const itemId = '05050505-0000-4000-8000-000000000001'
const id = '01010101-0000-4000-8000-000000000001'
const ingested = MediaIngested({
  libraryId: id,
  kind: 'film',
  file: { fileId: id, location: { rootId: id, relative: 'a.mkv' }, sizeBytes: 1, modifiedMs: 1 },
  media: { container: 'matroska', video: [], audio: [], subtitles: [] },
  metadata: { title: 'Heat' },
})
const edited = (fields: EditMetadata['data']['fields']) => MetadataEdited({ fields: fields as never })

describe('editing', () => {
  it('records what is news, field by field', () => {
    const edit = (fields: object) => new EditMetadata({ itemId, fields }, by)
    given(editing, [ingested])
      .when(edit({ title: 'Heat!', year: 1995 }))
      .then(edited({ title: 'Heat!', year: 1995 }))
    given(editing, [ingested, edited({ title: 'Heat!' })])
      .when(edit({ title: 'Heat!', year: null }))
      .then()
    given(editing, [ingested, edited({ title: 'Heat!' })])
      .when(edit({ title: null }))
      .then(edited({ title: null }))
    given(editing, [ingested, edited({ genres: ['Crime'] })])
      .when(edit({ genres: ['Crime'], title: undefined }))
      .then()
    given(editing, [ingested])
      .when(edit({ toString: 'x' }))
      .refuses('invalid-request')
    given(editing, [])
      .when(edit({ title: 'x' }))
      .refuses('item-not-found')
  })
})

describe('an edit', () => {
  const story = () => {
    const told = new Story([anyDecider(editing)], `item-${itemId}`)
    told.happens(ingested)
    return told
  }
  it('is taken back, again and again', () => {
    const told = story()
    const [first] = told.happens(edited({ title: 'A' }))
    const [second] = told.happens(edited({ title: 'B', year: 1999 }))
    const undo = told.takesBack(second!)
    undo.appends(edited({ title: 'A', year: null }))
    const redo = told.takesBack(...undo.events)
    redo.appends(edited({ title: 'B', year: 1999 }))
    told.takesBack(...redo.events).appends(edited({ title: 'A', year: null }))
    told.takesBack(first!).appends(edited({ title: null }))
    told.takesBack(first!).needsNothing()
  })
  it('stays where all of it was written again, also to the same words', () => {
    const told = story()
    const [first] = told.happens(edited({ title: 'A' }))
    told.happens(edited({ title: 'B' }))
    const [third] = told.happens(edited({ title: 'A' }))
    told.takesBack(first!).stays('The same was edited again since.', third)
  })
  it('goes back in the fields that were not written again', () => {
    const told = story()
    const [first] = told.happens(edited({ title: 'A', year: 1999 }))
    told.happens(edited({ title: 'B' }))
    told.takesBack(first!).appends(edited({ year: null }))
  })
  it('goes with others of the same choice, newest first', () => {
    const told = story()
    const [first] = told.happens(edited({ title: 'A' }))
    const [second] = told.happens(edited({ title: 'B' }))
    told.takesBack(first!, second!).appends(edited({ title: 'A' }), edited({ title: null }))
  })
})
