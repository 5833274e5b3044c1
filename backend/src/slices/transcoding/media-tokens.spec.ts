import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MediaTokens } from './media-tokens.js'

const tokens = new MediaTokens(randomBytes(32))
const session = '6f0e2b1a-3a57-4c0e-9a53-0d5d1f8b8f10'
const noon = new Date('2030-01-01T12:00:00Z')
const one = new Date('2030-01-01T13:00:00Z')

describe('media tokens', () => {
  it('name a session to us alone', async () => {
    const token = await tokens.seal(session, one)
    expect(await tokens.open(token, noon)).toBe(session)
    expect(Buffer.from(token.split('.')[3]!, 'base64url').toString('latin1')).not.toContain(session)
    expect(token).toMatch(/^[\w.-]+$/)
  })

  it('expire', async () => {
    await expect(tokens.open(await tokens.seal(session, noon), one)).rejects.toMatchObject({ code: 'media-link-expired' })
  })

  it('cannot be made by others', async () => {
    const theirs = await new MediaTokens(randomBytes(32)).seal(session, one)
    for (const token of [theirs, 'x', '', 'a.b.c.d.e', `${await tokens.seal(session, one)}x`]) await expect(tokens.open(token, noon)).rejects.toMatchObject({ code: 'not-found' })
  })
})
