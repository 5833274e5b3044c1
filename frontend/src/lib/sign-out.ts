import { logOut } from '@projectionist/shared/api/accounts'
import { useMutation } from '@tanstack/react-query'
import { call, session } from './api.js'
import { outbox } from './kept-intents.js'

/** Ends this browser's session on the server, then here, with all that was fetched for the person; what is kept for the server is sent before. */
export const useSignOut = () =>
  useMutation({
    mutationFn: async () => {
      await outbox.flush()
      await call(logOut)
    },
    onSuccess() {
      session.end()
      location.assign('/sign-in')
    },
  })
