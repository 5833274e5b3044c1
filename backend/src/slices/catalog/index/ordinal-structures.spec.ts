import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countBits, hasBit, membersOf, setBit } from './bits.js'
import { IdTable, readUuid, writeUuid } from './id-table.js'
import { madeUpId } from './made-up-rows.fixture.js'
import { OrdinalLists } from './ordinal-lists.js'
import { OrdinalSets } from './ordinal-sets.js'
import { atOnce, mergeInto, sortByBlocks, sortByNumber } from './sorting.js'

const rounds = { numRuns: Number(process.env['ROUNDS'] ?? 100) }

describe('sets of ordinals', () => {
  /** Runs of neighbours, so that sets grow past what a list may hold, and shrink again. */
  const steps = fc.array(
    fc.record({
      set: fc.nat(2),
      from: fc.nat(3000),
      count: fc.constantFrom(1, 5, 900),
      act: fc.constantFrom('add', 'add', 'remove', 'trim'),
    }),
    { maxLength: 25 },
  )

  it('hold what sets hold, as lists and as bits', () => {
    fc.assert(
      fc.property(steps, history => {
        const sets = new OrdinalSets()
        const models = [0, 1, 2].map(() => new Set<number>())
        for (const _ of models) sets.create()
        for (const { set, from, count, act } of history) {
          if (act === 'trim') sets.trim()
          else
            for (let ordinal = from; ordinal < from + count; ordinal++) {
              sets[act](set, ordinal)
              models[set]![act === 'add' ? 'add' : 'delete'](ordinal)
            }
        }
        const even = new Uint32Array(150).fill(0x55555555)
        models.forEach((model, set) => {
          const bits = new Uint32Array(150)
          sets.addTo(bits, set)
          const members = [...model].sort((a, b) => a - b)
          expect([...membersOf(bits)]).toEqual(members)
          expect(sets.size(set)).toBe(members.length)
          expect(sets.countIn(even, set)).toBe(members.filter(ordinal => ordinal % 2 === 0).length)
          expect(sets.meets(even, set)).toBe(members.some(ordinal => ordinal % 2 === 0))
        })
      }),
      rounds,
    )
  })
})

describe('lists by ordinal', () => {
  it('give back what was set last', () => {
    const change = fc.record({ ordinal: fc.nat(20), list: fc.array(fc.nat(), { maxLength: 300 }), trim: fc.boolean() })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 100 }), changes => {
        const lists = new OrdinalLists()
        const model = new Map<number, readonly number[]>()
        for (const { ordinal, list, trim } of changes) {
          lists.set(ordinal, list)
          model.set(ordinal, list)
          if (trim) lists.trim(21)
        }
        for (let ordinal = 0; ordinal < 25; ordinal++) expect([...lists.get(ordinal)]).toEqual(model.get(ordinal) ?? [])
      }),
      rounds,
    )
  })
})

describe('the table of ids', () => {
  it('gives an id one ordinal as long as it is held, whatever else comes and goes', () => {
    const step = fc.record({ id: fc.nat(60).map(number => madeUpId(number)), act: fc.constantFrom('hold', 'hold', 'release') })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), steps => {
        const ids = new IdTable()
        const held = new Map<string, { ordinal: number; holds: number }>()
        for (const { id, act } of steps) {
          const known = held.get(id)
          if (act === 'hold') {
            const ordinal = ids.hold(id)
            if (known) expect(ordinal).toBe(known.ordinal)
            held.set(id, { ordinal, holds: (known?.holds ?? 0) + 1 })
          } else if (known) {
            ids.release(known.ordinal)
            if (known.holds === 1) held.delete(id)
            else held.set(id, { ...known, holds: known.holds - 1 })
          }
        }
        for (let number = 0; number <= 60; number++) {
          const id = madeUpId(number)
          expect(ids.find(id)).toBe(held.get(id)?.ordinal ?? -1)
          expect(ids.find(id.toUpperCase())).toBe(held.get(id)?.ordinal ?? -1)
        }
        for (const [id, { ordinal }] of held) expect(ids.idOf(ordinal)).toBe(id)
        expect(new Set([...held.values()].map(({ ordinal }) => ordinal)).size).toBe(held.size)
      }),
      rounds,
    )
  })

  it('reads and writes every UUID, and nothing else', () => {
    const words = new Uint32Array(4)
    fc.assert(
      fc.property(fc.uuid(), fc.nat(35), fc.string({ minLength: 1, maxLength: 1 }), (id, at, other) => {
        expect(readUuid(id, words, 0)).toBe(true)
        expect(writeUuid(words, 0)).toBe(id)
        const changed = id.slice(0, at) + other + id.slice(at + 1)
        expect(readUuid(changed, words, 0)).toBe(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(changed))
        expect(readUuid(id.slice(1), words, 0)).toBe(false)
      }),
      rounds,
    )
    expect(() => new IdTable().hold('none')).toThrow(RangeError)
  })
})

describe('sorting', () => {
  it('by numbers of any sign and size is stable', () => {
    const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0, 1, -1))
    fc.assert(
      fc.property(fc.array(number, { maxLength: 50 }), fc.constantFrom(1, 100), (some, times) => {
        const numbers = Array.from({ length: times }, () => some).flat()
        const ordinals = Int32Array.from(numbers.keys())
        const expected = [...ordinals].sort((a, b) => numbers[a]! - numbers[b]! || a - b)
        expect([...atOnce(sortByNumber(ordinals, numbers.length, ordinal => numbers[ordinal]!))]).toEqual(expected)
      }),
      rounds,
    )
  })

  it('by blocks is as comparing is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(2), { maxLength: 4 }), { minLength: 1, maxLength: 50 }),
        fc.constantFrom(1, 200),
        (some, times) => {
          const texts = Array.from({ length: times }, () => some).flat()
          const compare = (a: number, b: number): number => {
            for (let i = 0; ; i++) {
              const difference = (texts[a]![i] ?? -1) - (texts[b]![i] ?? -1)
              if (difference !== 0) return difference
              if (i >= texts[a]!.length) return a - b
            }
          }
          const blockOf = (ordinal: number, depth: number): number => {
            const text = texts[ordinal]!
            return depth > text.length ? ordinal : ((text[depth] ?? -1) + 1) * 2 ** 40
          }
          const ordinals = Int32Array.from(texts.keys())
          atOnce(sortByBlocks(ordinals, blockOf, compare))
          expect([...ordinals]).toEqual([...texts.keys()].sort(compare))
        },
      ),
      rounds,
    )
  })

  it('merges additions into a sorted list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500)), fc.nat(100), (numbers, cut) => {
        const sorted = (part: number[]): number[] => part.toSorted((a, b) => a - b)
        const [list, additions] = [sorted(numbers.slice(cut)), sorted(numbers.slice(0, cut))]
        const merged = new Int32Array(numbers.length)
        merged.set(list)
        mergeInto(merged, list.length, Int32Array.from(additions), (a, b) => a - b)
        expect([...merged]).toEqual(sorted(numbers))
      }),
      rounds,
    )
  })
})

it('bits count and list what was set', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(999)), ordinals => {
      const bits = new Uint32Array(32)
      for (const ordinal of ordinals) setBit(bits, ordinal)
      expect(countBits(bits)).toBe(ordinals.length)
      expect([...membersOf(bits)]).toEqual(ordinals.toSorted((a, b) => a - b))
      expect(ordinals.every(ordinal => hasBit(bits, ordinal))).toBe(true)
    }),
    rounds,
  )
})
