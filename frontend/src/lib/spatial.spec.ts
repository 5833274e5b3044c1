import { expect, test } from 'vitest'
import { nearest, nextSpot, type Box, type Spot } from './spatial.js'

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

const alone = (at: Box): Spot => ({ box: at, group: null })
const grouped = (group: number, ...boxes: readonly Box[]): Spot[] => boxes.map(at => ({ box: at, group }))

test('goes down to the next row, though it is short and what faces lies further down', () => {
  const watched = alone(box(600, 0, 50, 50))
  const choices = grouped(0, box(0, 70, 120, 40), box(130, 70, 120, 40))
  const link = alone(box(600, 200, 100, 20))
  expect(nextSpot(watched, [...choices, link], [box(0, 70, 1000, 40)], 'down')).toBe(1)
})

test('inside a group it goes on before it leaves', () => {
  const grid = grouped(0, box(0, 0), box(120, 0), box(0, 170))
  const nearer = alone(box(120, 160, 100, 20))
  expect(nextSpot(grid[1]!, [...grid, nearer], [box(0, 0, 220, 320)], 'down')).toBe(2)
})

test('leaves a group at its end for the spot nearest in the next one', () => {
  const [first, second] = [grouped(0, ...row), grouped(1, box(0, 300, 80, 20), box(0, 330), box(120, 330), box(240, 330))]
  expect(nextSpot(first[2]!, [...first, ...second], [box(0, 0, 340, 150), box(0, 300, 340, 180)], 'down')).toBe(6)
})

test('sideways it stays in its line', () => {
  const below = alone(box(120, 400))
  expect(nextSpot(alone(row[2]!), [below], [], 'left')).toBe(-1)
  expect(nextSpot(alone(row[2]!), [below, alone(box(0, 100))], [], 'left')).toBe(1)
})
