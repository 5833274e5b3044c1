import { logOut } from '@projectionist/shared/api/accounts'
import { useMutation } from '@tanstack/react-query'
import { call, session } from './api.js'

/** Ends this browser's session on the server, then here, with all that was fetched for the person. */
export const useSignOut = () =>
  useMutation({
    mutationFn: () => call(logOut),
    onSuccess() {
      session.end()
      location.assign('/sign-in')
    },
  })
