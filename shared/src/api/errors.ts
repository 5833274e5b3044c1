import { z } from 'zod'

/** Every error code there is, with its HTTP status and the words a person reads. `detail` of a problem says more. */
export const errorCodes = {
  'invalid-request': [400, 'Something in the request is not as it should be.'],
  'not-signed-in': [401, 'Please sign in.'],
  'sign-in-failed': [401, 'That name and password do not go together.'],
  'session-ended': [401, 'This session has ended. Please sign in again.'],
  'wrong-setup-code': [403, 'That is not the set-up code. It is printed where the server was started.'],
  'not-allowed': [403, 'You may not do this.'],
  'media-link-expired': [403, 'This link has expired. Go back and press play again.'],
  'download-expired': [403, 'This download has expired. Go back and ask for it again.'],
  'not-found': [404, 'There is nothing here.'],
  'item-not-found': [404, 'This item is not in your libraries.'],
  'library-not-found': [404, 'There is no such library.'],
  'scan-not-found': [404, 'There is no such scan.'],
  'stream-not-found': [404, 'Nothing like that was ever recorded.'],
  'user-not-found': [404, 'There is no such person.'],
  'session-not-found': [404, 'This playback has ended. Press play again.'],
  'read-model-not-found': [404, 'There is no such read model.'],
  'undo-not-found': [404, 'There is no such undo.'],
  'folder-not-found': [404, 'There is no such folder on the server.'],
  'already-set-up': [409, 'The server is set up already. Please sign in.'],
  'name-taken': [409, 'That name is taken.'],
  'folder-overlaps': [409, 'That folder belongs to a library already, or lies inside or around one that does.'],
  'scan-running': [409, 'A scan of this library is running.'],
  'scan-not-running': [409, 'This scan is not running.'],
  'nothing-to-undo': [409, 'Nothing of this can be taken back.'],
  'undo-not-running': [409, 'This undo is not running any more.'],
  'library-removed': [409, 'This library was removed.'],
  'last-admin': [409, 'There has to be at least one admin.'],
  'in-the-past': [409, 'You are seeing the library as it was. Go back to now to change or play something.'],
  'past-library-unfinished': [409, 'The library as it was then is still being put together.'],
  'conflict': [409, 'Somebody else changed this at the same moment. Please try again.'],
  'past-library-gone': [410, 'The library as it was then has been put away. Choose the moment again.'],
  'folder-unreadable': [422, 'The server may not read that folder.'],
  'file-unavailable': [422, 'The disk with this file cannot be reached right now.'],
  'file-incomplete': [422, 'This file is damaged or incomplete: it ends before it should.'],
  'not-playable': [422, 'This item has nothing that can be played.'],
  'cannot-transcode': [422, 'This file has to be converted to play here, and that is not possible on this server.'],
  'too-many-tries': [429, 'Too many tries. Wait a minute and try again.'],
  'disk-full': [507, 'The server’s disk is full. Free some space and try again.'],
  'preparing': [503, 'This is being prepared. It will be there in a while.'],
  'unavailable': [503, 'The server is not ready. It will be back in a moment.'],
  'no-worker': [503, 'No worker is free to convert this right now. Try again in a moment.'],
  'internal': [500, 'Something went wrong on the server.'],
} as const satisfies Record<string, readonly [status: number, title: string]>
export type ErrorCode = keyof typeof errorCodes

/** RFC 9457 problem details, with a code of `errorCodes`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  /** Finds the matching line in the server's log. */
  id: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
