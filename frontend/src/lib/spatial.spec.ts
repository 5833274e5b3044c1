import { expect, test } from 'vitest'
import { nearest, type Box } from './spatial.js'

const box = (left: number, top: number, width = 100, height = 150): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
})

const row = [box(0, 0), box(120, 0), box(240, 0)]

test('goes to the neighbour in a row', () => {
  expect(nearest(row[0]!, row, 'right')).toBe(1)
  expect(nearest(row[2]!, row, 'left')).toBe(1)
})

test('stops at the ends', () => {
  expect(nearest(row[2]!, row, 'right')).toBe(-1)
  expect(nearest(row[0]!, row, 'up')).toBe(-1)
})

test('goes down to what faces it, though something aside is nearer', () => {
  const below = [box(500, 160), box(10, 260)]
  expect(nearest(row[0]!, below, 'down')).toBe(1)
})

test('goes down a row and not two', () => {
  expect(nearest(row[0]!, [box(0, 400), box(0, 200)], 'down')).toBe(1)
})

test('prefers the one right below in a grid', () => {
  const next = [box(0, 170), box(120, 170), box(240, 170)]
  expect(nearest(row[1]!, next, 'down')).toBe(1)
})

test('boxes that touch or overlap by a ring still count as ahead', () => {
  expect(nearest(row[0]!, [box(98, 0)], 'right')).toBe(0)
})
