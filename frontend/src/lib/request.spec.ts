import { expect, test } from 'vitest'
import { takeLease } from './exclusive.js'
import { addressOf, namesPast } from './request.js'

test('parameters are filled in and encoded', () => {
  expect(addressOf('/items/:id/progress', { id: 'a/b c' })).toBe('/api/items/a%2Fb%20c/progress')
})

test('lists are repeated, what is not there is left out', () => {
  expect(addressOf('/items', {}, { genre: ['Drama', 'Film noir'], year: undefined, q: '', limit: 60 })).toBe(
    '/api/items?genre=Drama&genre=Film+noir&limit=60',
  )
})

test('a parameter that was forgotten is a mistake', () => {
  expect(() => addressOf('/items/:id', {})).toThrow(TypeError)
})

test('a lease is held by one, renewed by its holder, and lapses', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  expect(takeLease(storage, 'k', 'a', 0)).toBe(true)
  expect(takeLease(storage, 'k', 'b', 5000)).toBe(false)
  expect(takeLease(storage, 'k', 'a', 6000)).toBe(true)
  expect(takeLease(storage, 'k', 'b', 15_999)).toBe(false)
  expect(takeLease(storage, 'k', 'b', 16_001)).toBe(true)
})

test('a lease whose end makes no sense is taken over', () => {
  const storage = {
    value: 'x nonsense',
    getItem: () => storage.value,
    setItem: (_: string, value: string) => void (storage.value = value),
  }
  expect(takeLease(storage, 'k', 'a', 1000)).toBe(true)
})

test('calls that show or would change the library name the moment that is looked at', () => {
  expect(namesPast({ method: 'GET', access: 'user', past: 'shown' })).toBe(true)
  expect(namesPast({ method: 'PUT', access: 'user' })).toBe(true)
})

test('calls that mean today do not', () => {
  expect(namesPast({ method: 'GET', access: 'user' })).toBe(false)
  expect(namesPast({ method: 'POST', access: 'anyone' })).toBe(false)
  expect(namesPast({ method: 'POST', access: 'admin', past: 'allowed' })).toBe(false)
})
