import { z } from 'zod'
import { LibraryAccess, UserRole } from '../events/user.js'
import { ById, endpoint } from './endpoint.js'

export const UserName = z.string().trim().min(1).max(64)
export const Password = z.string().min(8, 'At least 8 characters').max(256)
/** The device a person signs in from: an id the device made for itself and keeps, and a name to show. */
export const Device = z.object({ id: z.string().min(8).max(64), name: z.string().min(1).max(100) })
export type Device = z.infer<typeof Device>

export const Me = z.object({ id: z.uuid(), name: z.string(), role: UserRole, libraries: LibraryAccess })
export type Me = z.infer<typeof Me>

/** `expiresIn` in seconds. `refreshToken` only when asked for with `tokens: 'body'`; else it is in an HttpOnly cookie. */
export const Tokens = z.object({ accessToken: z.string(), expiresIn: z.int(), refreshToken: z.string().optional(), user: Me })
export type Tokens = z.infer<typeof Tokens>
const Delivery = z.enum(['cookie', 'body']).default('cookie')
const AnyDevice = Device.optional()

export const setUp = endpoint({
  method: 'POST', path: '/setup', access: 'anyone', summary: 'Create the first admin', status: 201,
  body: z.object({ code: z.string().max(200), name: UserName, password: Password, device: AnyDevice, tokens: Delivery }),
  response: Tokens,
  errors: ['wrong-setup-code', 'already-set-up', 'too-many-tries'],
})
export const logIn = endpoint({
  method: 'POST', path: '/auth/login', access: 'anyone', summary: 'Sign in',
  body: z.object({ name: z.string().max(200), password: z.string().max(256), device: AnyDevice, tokens: Delivery }),
  response: Tokens,
  errors: ['sign-in-failed', 'too-many-tries'],
})
export const refresh = endpoint({
  method: 'POST', path: '/auth/refresh', access: 'anyone', summary: 'A new access token for a refresh token, which is used up',
  body: z.object({ refreshToken: z.string().max(500).optional() }).optional(),
  response: Tokens,
  errors: ['session-ended'],
})
export const logOut = endpoint({ method: 'POST', path: '/auth/logout', access: 'user', past: 'allowed', summary: 'End this session' })
export const getMe = endpoint({ method: 'GET', path: '/me', access: 'user', summary: 'The signed-in person', response: Me })
export const changePassword = endpoint({
  method: 'PUT', path: '/me/password', access: 'user', summary: 'Change the password; other sessions end',
  body: z.object({ current: z.string().max(256), next: Password }),
  errors: ['sign-in-failed'],
})

export const User = Me.extend({ disabled: z.boolean(), addedAt: z.iso.datetime(), lastSeenAt: z.iso.datetime().nullable() })
export type User = z.infer<typeof User>
export const getUsers = endpoint({
  method: 'GET', path: '/users', access: 'admin', summary: 'Everyone with an account', response: z.object({ users: z.array(User) }),
})
export const addUser = endpoint({
  method: 'POST', path: '/users', access: 'admin', summary: 'Add a person', status: 201,
  body: z.object({ name: UserName, password: Password, role: UserRole.default('member'), libraries: LibraryAccess.default('all') }),
  response: z.object({ id: z.uuid() }),
  errors: ['name-taken'],
})
export const changeUser = endpoint({
  method: 'PATCH', path: '/users/:id', access: 'admin', summary: 'Change a person', params: ById,
  body: z.object({
    name: UserName.optional(), role: UserRole.optional(), libraries: LibraryAccess.optional(), disabled: z.boolean().optional(),
    password: Password.optional(),
  }),
  errors: ['user-not-found', 'name-taken', 'last-admin'],
})

export const eraseMe = endpoint({
  method: 'POST', path: '/me/erasure', access: 'user', summary: 'Erase one’s own account and everything of it, for good',
  body: z.object({ password: z.string().max(256) }),
  errors: ['sign-in-failed', 'too-many-tries', 'last-admin'],
})
export const eraseUser = endpoint({
  method: 'POST', path: '/users/:id/erasure', access: 'admin', summary: 'Erase a person and everything of theirs, for good', params: ById,
  errors: ['user-not-found', 'last-admin', 'not-allowed'],
})

/** An erasure under way: the person is gone from everything that is shown, their events are being deleted. */
export const Erasure = z.object({
  userId: z.uuid(),
  erasedAt: z.iso.datetime(),
  /** Streams deleted so far. */
  streams: z.int().nonnegative(),
  /** From 0 to 1: how much of the log was looked through. */
  progress: z.number().min(0).max(1),
})
export type Erasure = z.infer<typeof Erasure>
export const getErasures = endpoint({
  method: 'GET', path: '/erasures', access: 'admin', summary: 'Erasures under way', response: z.object({ erasures: z.array(Erasure) }),
})

/** The address is good for five minutes, without a sign-in, so that the browser itself can download it. */
export const exportMe = endpoint({
  method: 'POST', path: '/me/export', access: 'user', summary: 'An address to download everything of one’s own from',
  response: z.object({ url: z.string() }),
})
