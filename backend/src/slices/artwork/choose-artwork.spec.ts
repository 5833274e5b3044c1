import { ArtworkChosen, ArtworkNotFound, ArtworkWithdrawn, GroupIdentified } from '@projectionist/shared/events/item'
import type { Artwork } from '@projectionist/shared/events/media'
import { describe, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { Story } from '../../../test/undo.js'
import { anyDecider } from '../../platform/eventing/decider.js'
import { artwork, SettleArtwork } from './choose-artwork.js'

const itemId = '05050505-0000-4000-8000-000000000001'
const rootId = '02020202-0000-4000-8000-000000000001'
const known = GroupIdentified({ libraryId: rootId, kind: 'series', key: 'series:dark:', metadata: { title: 'Dark' } })
const picture = (contentHash: string): Artwork => ({
  role: 'poster',
  source: { from: 'file', location: { rootId, relative: 'poster.jpg' } },
  width: 2,
  height: 3,
  thumbhash: 'AA==',
  colour: '#000000',
  contentHash,
})
const settle = (...pictures: Artwork[]) => new SettleArtwork({ itemId, pictures, detail: 'none' }, by)

describe('pictures', () => {
  it('are chosen, or looked for in vain; that the best is still the best is an answer too', () => {
    given(artwork, [known])
      .when(settle(picture('a')))
      .then(ArtworkChosen(picture('a')))
    given(artwork, [known, ArtworkChosen(picture('a'))])
      .when(settle(picture('a')))
      .then(ArtworkChosen(picture('a')))
    given(artwork, [known])
      .when(settle())
      .then(ArtworkNotFound({ detail: 'none' }))
    given(artwork, [])
      .when(settle(picture('a')))
      .refuses('item-not-found')
  })
  it('go back to the one before, or to none', () => {
    const told = new Story([anyDecider(artwork)], `item-${itemId}`)
    told.happens(known)
    const [first] = told.happens(ArtworkChosen(picture('a')))
    const [second] = told.happens(ArtworkChosen(picture('b')))
    told.takesBack(first!).stays('Another picture was chosen since.', second)
    told.takesBack(second!).appends(ArtworkChosen(picture('a')))
    const undo = told.takesBack(first!)
    undo.appends(ArtworkWithdrawn({ role: 'poster' }))
    told.takesBack(...undo.events).appends(ArtworkChosen(picture('a')))
    const [none] = told.happens(ArtworkNotFound({ detail: 'none' }))
    told.takesBack(none!).stays('It says that somebody looked for a picture; nothing was changed.')
  })
})
