import type { Tokens } from '@projectionist/shared/api/accounts'
import type { Response as Answer } from '@projectionist/shared/api/endpoint'
import type { addLibrary, Scan } from '@projectionist/shared/api/libraries'
import type { LibraryKind } from '@projectionist/shared/events/media'
import type { BrowserContext } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import type { Media } from './media.js'
import type { Program } from './program.js'

export interface Person {
  readonly name: string
  readonly password: string
}

/** A program with an admin and libraries, reached by its API where a journey is about something else. */
export interface House {
  readonly program: Program
  readonly admin: Person
  /** Calls the API as the admin; fails with what it answered when it refuses. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>
  /** Adds a library and waits until its first scan is over. */
  addLibrary(name: string, kind: LibraryKind, folder: string): Promise<string>
  /** Adds somebody nobody else is: with their own history. */
  addPerson(): Promise<Person>
}

export const libraryNames = {
  films: 'Films',
  shows: 'Series',
  music: 'Music',
  photos: 'Photos',
  'home-videos': 'Home videos',
} as const

/** Sets a new program up. */
export async function openHouse(program: Program): Promise<House> {
  const admin = { name: 'Ada', password: 'lights down, please' }
  const device = { id: `house-${randomUUID()}`, name: 'The house' }
  const send = async <T>(method: string, path: string, body: unknown, token?: string): Promise<T> => {
    const response = await fetch(`${program.url}/api${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return (text && JSON.parse(text)) as T
  }
  const code = await program.setupCode()
  const { accessToken } = await send<Tokens>('POST', '/setup', { ...admin, code, device, tokens: 'body' })
  const call = <T>(method: string, path: string, body?: unknown) => send<T>(method, path, body, accessToken)
  return {
    program,
    admin,
    call,
    async addLibrary(name, kind, folder) {
      const { id, scanId } = await call<Answer<typeof addLibrary>>('POST', '/libraries', { name, kind, folders: [folder] })
      await scanned(call, scanId)
      return id
    },
    async addPerson() {
      const person = { name: `Guest ${randomUUID().slice(0, 8)}`, password: 'somebody else entirely' }
      await call('POST', '/users', person)
      return person
    },
  }
}

/** A house with a library of every kind. */
export async function furnish(program: Program, media: Media): Promise<House> {
  const house = await openHouse(program)
  const folders = {
    films: media.films,
    shows: media.shows,
    music: media.music,
    photos: media.photos,
    'home-videos': media.homeVideos,
  } as const
  for (const [kind, folder] of Object.entries(folders) as [LibraryKind, string][])
    await house.addLibrary(libraryNames[kind], kind, folder)
  return house
}

/** Signs a browser in, as the sign-in page does. */
export async function signIn(context: BrowserContext, house: House, person: Person): Promise<void> {
  const device = { id: randomUUID(), name: 'Chrome on Linux' }
  const answer = await context.request.post(`${house.program.url}/api/auth/login`, { data: { ...person, device } })
  if (!answer.ok()) throw new Error(`The sign-in answered ${answer.status()}: ${await answer.text()}`)
}

async function scanned(call: House['call'], scanId: string): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const scan = await call<Scan>('GET', `/scans/${scanId}`)
    if (scan.state === 'done') return
    if (scan.state !== 'running' || Date.now() > deadline) throw new Error(`The scan stands at ${JSON.stringify(scan)}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
