import { expect, test } from 'vitest'
import { focusGoal, markOf, type Arrival } from './focus-place.js'

const nothing = { tag: 'a', item: null, href: null, label: null, section: null }

test('a card is known by its item, first in its part of the page', () => {
  expect(markOf({ ...nothing, item: '7', href: '/item/7', label: 'Old Reel, 1998', section: 'Films' })).toEqual([
    '[aria-label="Films"] [data-item="7"]',
    '[data-item="7"]',
  ])
})

test('other links are known by where they lead, buttons by their label', () => {
  expect(markOf({ ...nothing, href: '/watch/7' })).toEqual(['a[href="/watch/7"]'])
  expect(markOf({ ...nothing, tag: 'button', label: 'Rate “A \\ B" it' })).toEqual(['button[aria-label="Rate “A \\\\ B\\" it"]'])
})

test('what has no traits is not looked for', () => {
  expect(markOf({ ...nothing, section: 'Films' })).toEqual([])
})

const arrival: Arrival = { newPage: true, cameBack: false, known: false, focusIn: 'nowhere', byKeys: true }

test('a new page begins at its first thing for who uses keys, and is left alone for who uses a pointer', () => {
  expect(focusGoal(arrival)).toBe('begin')
  expect(focusGoal({ ...arrival, byKeys: false })).toBe('keep')
})

test('coming back restores the place, by keys or not; without one it begins', () => {
  expect(focusGoal({ ...arrival, cameBack: true, known: true })).toBe('restore')
  expect(focusGoal({ ...arrival, cameBack: true, known: true, byKeys: false })).toBe('restore')
  expect(focusGoal({ ...arrival, cameBack: true })).toBe('begin')
  expect(focusGoal({ ...arrival, known: true })).toBe('begin')
})

test('a field that took the focus itself keeps it', () => {
  expect(focusGoal({ ...arrival, focusIn: 'content' })).toBe('keep')
})

test('another tab or filter of a page moves nothing, but choosing the same place in the sidebar goes in', () => {
  expect(focusGoal({ ...arrival, newPage: false })).toBe('keep')
  expect(focusGoal({ ...arrival, newPage: false, focusIn: 'sidebar' })).toBe('begin')
})
