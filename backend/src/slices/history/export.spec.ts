import { expect, it } from 'vitest'
import { cell } from './export.js'

it.each([
  ['Metropolis', '"Metropolis"'],
  ['The "Lost" City, 1927', '"The ""Lost"" City, 1927"'],
  ['=1+1', '"\'=1+1"'],
  ['@SUM(A1)', '"\'@SUM(A1)"'],
  ['+49', '"\'+49"'],
  ['-2+3', '"\'-2+3"'],
  [' =cmd|', '"\' =cmd|"'],
  ['\t=1', '"\'\t=1"'],
  ['two\nlines', '"two\nlines"'],
])('writes %j as text', (text, written) => {
  expect(cell(text)).toBe(written)
})
