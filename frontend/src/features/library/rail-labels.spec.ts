import { expect, test } from 'vitest'
import { railLabels } from './rail-labels.js'

test('stands where the items of a key begin', () => {
  const marks = [
    { key: 'A', start: 0, count: 50 },
    { key: 'B', start: 50, count: 50 },
  ]
  expect(railLabels(marks, 100, 500, 16)).toEqual([
    { text: 'A', at: 0 },
    { text: 'B', at: 0.5 },
  ])
})

test('months are told by their year, once', () => {
  const marks = ['2021-03', '2021-02', '2020-12'].map((key, index) => ({ key, start: index * 100, count: 100 }))
  expect(railLabels(marks, 300, 600, 16).map(label => label.text)).toEqual(['2021', '2020'])
})

test('what has no room is left out', () => {
  const marks = Array.from({ length: 100 }, (_, index) => ({ key: String(index), start: index, count: 1 }))
  expect(railLabels(marks, 100, 320, 16).length).toBeLessThanOrEqual(20)
})

test('of two that begin together the one that holds far more is written', () => {
  const marks = [
    { key: '#', start: 0, count: 3 },
    { key: 'A', start: 3, count: 900 },
  ]
  expect(railLabels(marks, 903, 600, 16).map(label => label.text)).toEqual(['A'])
})
