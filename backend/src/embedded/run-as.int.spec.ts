import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { canReach, ownFolder, serversFolder, whoRuns } from './run-as.js'

let top: string
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'projectionist-run-as-'))
  chmodSync(top, 0o755)
})
afterEach(() => rmSync(top, { recursive: true }))
const { uid } = userInfo()
const self = { name: userInfo().username, uid, gid: userInfo().gid, other: false }

it('keeps the servers in the home, which only this user enters', () => {
  const home = join(top, 'home')
  expect(serversFolder(home, self)).toBe(home)
  expect(statSync(home).mode & 0o777).toBe(0o700)
})

it('sees by the modes of all folders above who gets to one', () => {
  const stranger = { name: 'stranger', uid: uid + 1, gid: self.gid + 1, other: true }
  const folder = join(top, 'a/b')
  mkdirSync(folder, { recursive: true })
  expect(canReach(stranger, folder)).toBe(true)
  chmodSync(dirname(folder), 0o750)
  expect(canReach(stranger, folder)).toBe(false)
  expect(canReach({ ...stranger, gid: self.gid }, folder)).toBe(true)
})

if (uid === 0) {
  it('chooses a user for root, the one whom the files are of when there are any', () => {
    const data = join(top, 'data')
    expect(whoRuns(data)).toMatchObject({ other: true })
    expect(whoRuns(data).uid).not.toBe(0)
    ownFolder(data, { name: 'daemon', uid: 1, gid: 1, other: true })
    expect(whoRuns(data)).toMatchObject({ uid: 1, other: true })
  })

  it('lets that user through a home of root', () => {
    const user = whoRuns()
    const home = join(top, 'home')
    expect(serversFolder(home, user)).toBe(home)
    expect(canReach(user, home)).toBe(true)
    expect(statSync(home).mode & 0o007).toBe(0)
  })

  it('goes elsewhere from a home below a folder that only root enters, and is found there again', () => {
    const user = whoRuns()
    const home = join(top, 'private/home')
    mkdirSync(dirname(home), { mode: 0o700 })
    const folder = serversFolder(home, user, join(top, 'elsewhere'))
    expect(dirname(folder)).toBe(join(top, 'elsewhere'))
    expect(canReach(user, folder)).toBe(true)
    renameSync(home, join(top, 'moved'))
    expect(serversFolder(join(top, 'moved'), user, join(top, 'elsewhere'))).toBe(folder)
    rmSync(folder, { recursive: true })
    expect(() => serversFolder(join(top, 'moved'), user, join(top, 'elsewhere'))).toThrow(/from a backup/)
  })
}
