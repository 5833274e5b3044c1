import { editItems, getItemFields } from '@projectionist/shared/api/editing'
import type { Call } from '@projectionist/shared/api/endpoint'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.js'
import { counted } from '../../lib/words.js'
import { notify } from '../../ui/toast.js'
import { useUndoToast } from '../../ui/undo-toast.js'

export const fieldsQuery = (id: string) =>
  queryOptions({
    queryKey: ['item-fields', id],
    queryFn: ({ signal }) => call(getItemFields, { params: { id }, signal }),
    select: answer => answer.fields,
    // A form is filled once; what others write meanwhile must not take away what is being typed.
    staleTime: 0,
    gcTime: 0,
  })

/** Writes, tells so, and offers the way back. */
export function useEdit(onDone: () => void) {
  const client = useQueryClient()
  const takeBack = useUndoToast()
  return useMutation({
    mutationFn: (body: Call<typeof editItems>['body']) => call(editItems, { body }),
    onSuccess({ id, changed }) {
      onDone()
      notify(
        changed === 0
          ? { text: 'It said so already' }
          : {
              text: changed === 1 ? 'Saved' : `Saved for ${counted(changed, 'item', 'items')}`,
              undo: () => takeBack({ of: 'cause', correlationId: id }),
            },
      )
    },
    onSettled: () => client.invalidateQueries({ predicate: query => query.meta?.topics?.includes('items') ?? false }),
  })
}
