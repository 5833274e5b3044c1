import { isDeepStrictEqual } from 'node:util'
import { editableFields, type Edits } from '@projectionist/shared/api/editing'
import { MetadataEdited, type ItemEvent } from '@projectionist/shared/events/item'
import { Command, DomainError, type Decider } from '../../platform/eventing/decider.js'

/** A person writes fields of an item; null gives one back to the sources. */
export class EditMetadata extends Command<
  'EditMetadata',
  { readonly itemId: string; readonly libraryId?: string; readonly fields: Edits }
> {
  readonly type = 'EditMetadata'
}

type Written = Readonly<Record<string, unknown>>
export interface EditState {
  readonly known: boolean
  /** What stands in each field that a person wrote. */
  readonly written: Written
}
type Fields = Extract<ItemEvent, { type: 'MetadataEdited' }>['data']['fields']

/** What people wrote of an item; it stands above every source. */
export const editing: Decider<EditState, EditMetadata, ItemEvent> = {
  category: 'item',
  streamId: ({ data }) => `item-${data.itemId}`,
  initial: { known: false, written: {} },

  decide({ data }, { known, written }) {
    if (!known) throw new DomainError('item-not-found')
    const fields = Object.fromEntries(
      Object.entries(data.fields).filter(([name, value]) => {
        if (!Object.hasOwn(editableFields.shape, name))
          throw new DomainError('invalid-request', `There is no field ${name} that can be edited`)
        return value !== undefined && !isDeepStrictEqual(written[name] ?? null, value)
      }),
    )
    return Object.keys(fields).length > 0 ? [edited(fields as Fields, data.libraryId)] : []
  },

  evolve(state, event) {
    if (event.type !== 'MetadataEdited') return state.known ? state : { ...state, known: true }
    return {
      known: true,
      written: Object.fromEntries(
        Object.entries({ ...state.written, ...event.data.fields }).filter(([, value]) => value !== null),
      ),
    }
  },

  reverts: {
    MetadataEdited({ data }, { written }, { without, later }) {
      const names = Object.keys(data.fields).filter(name => !isDeepStrictEqual(written[name], without.written[name]))
      // Fields that were written again since keep what they say now; the others go back.
      const again = later.findLast(
        event => event.type === 'MetadataEdited' && Object.keys(data.fields).some(name => Object.hasOwn(event.data.fields, name)),
      )
      if (names.length === 0) return again ? { conflict: 'The same was edited again since.', since: again.id } : []
      return [edited(Object.fromEntries(names.map(name => [name, without.written[name] ?? null])) as Fields, data.libraryId)]
    },
  },
}

const edited = (fields: Fields, libraryId: string | undefined): ItemEvent =>
  MetadataEdited({ fields, ...(libraryId !== undefined && { libraryId }) })
