import { z } from 'zod'
import { event, type Fact } from './event.js'

export const UserRole = z.enum(['admin', 'member'])
export type UserRole = z.infer<typeof UserRole>

/** Libraries a person may see: all, also those to come, or those named. */
export const LibraryAccess = z.union([z.literal('all'), z.array(z.uuid())])
export type LibraryAccess = z.infer<typeof LibraryAccess>

export const UserAdded = event('UserAdded', z.object({ name: z.string(), role: UserRole, libraries: LibraryAccess }))
export const UserRenamed = event('UserRenamed', z.object({ name: z.string() }))
export const UserRoleChanged = event('UserRoleChanged', z.object({ role: UserRole }))
export const LibraryAccessChanged = event('LibraryAccessChanged', z.object({ libraries: LibraryAccess }))
export const PasswordChanged = event('PasswordChanged', z.object({}))
export const SignedIn = event('SignedIn', z.object({ device: z.object({ id: z.string(), name: z.string() }) }))
/** Sign-ins to this account that were refused, or passwords that were wrong where one is asked for again; `since`: the first of them. */
export const SignInsRefused = event('SignInsRefused', z.object({ times: z.int().positive(), since: z.iso.datetime() }))
export const SignedOut = event('SignedOut', z.object({ deviceId: z.string() }))
/** A refresh token was used twice, so every session of its family was ended. */
export const SessionTheftSuspected = event('SessionTheftSuspected', z.object({ deviceId: z.string() }))
export const UserDisabled = event('UserDisabled', z.object({}))
export const UserEnabled = event('UserEnabled', z.object({}))

export const userEvents = [
  UserAdded, UserRenamed, UserRoleChanged, LibraryAccessChanged, PasswordChanged, SignedIn, SignInsRefused, SignedOut,
  SessionTheftSuspected, UserDisabled, UserEnabled,
] as const
export type UserEvent = Fact<(typeof userEvents)[number]>

/**
 * A person leaves, and everything of theirs goes. Stands in `erasure-<userId>`, a stream that stays when the person's own
 * are deleted, so that every read model drops their rows, also when it is made anew while the deletion is under way.
 */
export const UserErased = event('UserErased', z.object({ userId: z.uuid() }))
/** Their streams are deleted in the store. */
export const ErasureCompleted = event('ErasureCompleted', z.object({ userId: z.uuid(), streams: z.int().nonnegative() }))

export const erasureEvents = [UserErased, ErasureCompleted] as const
export type ErasureEvent = Fact<(typeof erasureEvents)[number]>
