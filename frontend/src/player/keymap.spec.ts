import { describe, expect, it } from 'vitest'
import { arrowUse, keyCommand, stepSpeed } from './keymap.js'

describe('keys', () => {
  it.each([
    [' ', { do: 'toggle' }],
    ['K', { do: 'toggle' }],
    ['j', { do: 'seek-by', ms: -10_000 }],
    ['ArrowRight', { do: 'seek-by', ms: 5_000 }],
    ['ArrowUp', { do: 'volume-by', percent: 5 }],
    ['7', { do: 'seek-to', percent: 70 }],
    ['<', { do: 'speed', step: -1 }],
    ['?', { do: 'help' }],
  ])('%s', (key, command) => expect(keyCommand({ key })).toEqual(command))

  it('steps chapters with shift, and leaves the browser its own keys', () => {
    expect(keyCommand({ key: 'ArrowLeft', shiftKey: true })).toEqual({ do: 'chapter', step: -1 })
    expect(keyCommand({ key: 'f', ctrlKey: true })).toBeNull()
    expect(keyCommand({ key: 'ArrowLeft', altKey: true })).toBeNull()
    expect(keyCommand({ key: 'F5' })).toBeNull()
    expect(keyCommand({ key: 'Tab' })).toBeNull()
  })

  it('steps through the speeds and stays at the ends', () => {
    expect([stepSpeed(1, 1), stepSpeed(1, -1), stepSpeed(1.1, 1), stepSpeed(3, 1), stepSpeed(0.25, -1)]).toEqual([
      1.25, 0.75, 1.25, 3, 0.25,
    ])
  })
})

describe('the cross of a remote', () => {
  it('shows the controls by up and down, and winds by left and right, while nothing is chosen', () => {
    for (const shown of [true, false]) {
      expect(arrowUse('ArrowUp', shown, 'nowhere')).toBe('show')
      expect(arrowUse('ArrowDown', shown, 'nowhere')).toBe('show')
      expect(arrowUse('ArrowLeft', shown, 'nowhere')).toBe('player')
    }
  })
  it('goes from control to control once they are shown, and shows them again first', () => {
    expect(arrowUse('ArrowRight', true, 'control')).toBe('page')
    expect(arrowUse('ArrowUp', true, 'control')).toBe('page')
    expect(arrowUse('ArrowUp', false, 'control')).toBe('show')
  })
  it('winds on the line of the film, and leaves it by up and down', () => {
    expect(arrowUse('ArrowRight', true, 'scrubber')).toBe('player')
    expect(arrowUse('ArrowDown', true, 'scrubber')).toBe('page')
  })
  it('has nothing to do with other keys', () => expect(arrowUse('k', true, 'control')).toBe('player'))
})
