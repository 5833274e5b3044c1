import { logOut } from '@projectionist/shared/api/accounts'
import { call, session } from '../lib/api.js'
import { notifyError } from '../ui/toast.js'

/** Ends this browser's session on the server, then here, with everything that was fetched for the person. */
export async function signOut(): Promise<void> {
  try {
    await call(logOut)
    session.end()
    location.assign('/sign-in')
  } catch (error) {
    notifyError(error, () => void signOut())
  }
}
