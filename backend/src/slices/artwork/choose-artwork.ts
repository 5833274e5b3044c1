import { ArtworkChosen, ArtworkNotFound, type ItemEvent } from '@projectionist/shared/events/item'
import type { Artwork } from '@projectionist/shared/events/media'
import { Command, DomainError, type Decider } from '../../platform/eventing/decider.js'

/** What looking for an item's pictures brought: the best for each role, or none. */
export class SettleArtwork extends Command<'SettleArtwork', { readonly itemId: string; readonly pictures: readonly Artwork[]; readonly detail: string }> {
  readonly type = 'SettleArtwork'
}

interface State {
  readonly known: boolean
  readonly chosen: ReadonlyMap<string, string>
}

/** Which pictures an item has. */
export const artwork: Decider<State, SettleArtwork, ItemEvent> = {
  category: 'item',
  streamId: ({ data }) => `item-${data.itemId}`,
  initial: { known: false, chosen: new Map() },

  decide({ data: { pictures, detail } }, { known, chosen }) {
    if (!known) throw new DomainError('item-not-found')
    const [first] = pictures
    if (!first) return [ArtworkNotFound({ detail })]
    const changed = pictures.filter(picture => chosen.get(picture.role) !== JSON.stringify(picture))
    // That the pictures are still the best is an answer too: what was owed is done.
    return (changed.length > 0 ? changed : [first]).map(ArtworkChosen)
  },

  evolve(state, event) {
    if (event.type === 'ArtworkChosen') return { ...state, chosen: new Map(state.chosen).set(event.data.role, JSON.stringify(event.data)) }
    return state.known ? state : { ...state, known: true }
  },
}
