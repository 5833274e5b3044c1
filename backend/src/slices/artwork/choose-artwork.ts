import { isDeepStrictEqual } from 'node:util'
import { ArtworkChosen, ArtworkNotFound, ArtworkWithdrawn, type ItemEvent } from '@projectionist/shared/events/item'
import type { Artwork, ArtworkRole } from '@projectionist/shared/events/media'
import { Command, DomainError, type Conflict, type Decider, type Hindsight } from '../../platform/eventing/decider.js'

/** What looking for an item's pictures brought: the best for each role, or none. */
export class SettleArtwork extends Command<'SettleArtwork', { readonly itemId: string; readonly pictures: readonly Artwork[]; readonly detail: string }> {
  readonly type = 'SettleArtwork'
}

interface State {
  readonly known: boolean
  readonly chosen: ReadonlyMap<string, Artwork>
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
    const changed = pictures.filter(picture => !isDeepStrictEqual(chosen.get(picture.role), picture))
    // That the pictures are still the best is an answer too: what was owed is done.
    return (changed.length > 0 ? changed : [first]).map(ArtworkChosen)
  },

  evolve(state, event) {
    const chosen = new Map(state.chosen)
    if (event.type === 'ArtworkChosen') return { ...state, chosen: chosen.set(event.data.role, event.data) }
    if (event.type === 'ArtworkWithdrawn') return chosen.delete(event.data.role) ? { ...state, chosen } : state
    return state.known ? state : { ...state, known: true }
  },

  reverts: {
    ArtworkChosen: ({ data: { role } }, state, hindsight) => chosenBefore(role, state, hindsight),
    ArtworkWithdrawn: ({ data: { role } }, state, hindsight) => chosenBefore(role, state, hindsight),
    ArtworkNotFound: { never: 'It says that somebody looked for a picture; nothing was changed.' },
  },
}

function chosenBefore(role: ArtworkRole, { chosen }: State, { without, later }: Hindsight<State, ItemEvent>): readonly ItemEvent[] | Conflict {
  const again = later.findLast(event => (event.type === 'ArtworkChosen' || event.type === 'ArtworkWithdrawn') && event.data.role === role)
  if (again) return { conflict: 'Another picture was chosen since.', since: again.id }
  const before = without.chosen.get(role)
  if (isDeepStrictEqual(before, chosen.get(role))) return []
  return [before ? ArtworkChosen(before) : ArtworkWithdrawn({ role })]
}
