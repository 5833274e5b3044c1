import { describe, expect, it } from 'vitest'
import { unkeepable } from './handle.js'

describe('text of a request', () => {
  it('is kept in every script', () => {
    expect(unkeepable({ name: 'Ünïcode 映画 🎬', folders: ['/a\nb', ''], deep: { n: 1, none: null } }, 'body')).toBeUndefined()
  })
  it('is refused where PostgreSQL could not keep it, and named', () => {
    expect(unkeepable('a\0b', 'query.person')).toBe('query.person')
    expect(unkeepable({ device: { name: '\ud800' } }, 'body')).toBe('body.device.name')
    expect(unkeepable({ folders: ['/a', '/b\0'] }, 'body')).toBe('body.folders.1')
    expect(unkeepable({ 'a\0': 1 }, 'body')).toBe('body')
  })
})
