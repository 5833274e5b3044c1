import fc from 'fast-check'
import type { EventOf } from '@projectionist/shared/events/event'
import { describe, expect, it } from 'vitest'
import { by } from '../../test/deciders.js'
import { Story } from '../../test/undo.js'
import { anyDecider, type Command } from '../platform/eventing/decider.js'
import type { RecordedEvent } from '../platform/eventing/event-store.js'
import { standingIn } from '../platform/eventing/taking-back.js'
import { artwork, SettleArtwork } from './artwork/choose-artwork.js'
import { editing, EditMetadata } from './editing/edit.js'
import { IdentifyGroup, IngestMedia, item, MatchMetadata, RemoveMediaFile } from './ingest/item.js'
import { ChangeLibrary, library, RemoveLibrary, AddLibrary } from './libraries/library.js'

const byName = {
  item: anyDecider(item),
  editing: anyDecider(editing),
  artwork: anyDecider(artwork),
  library: anyDecider(library),
}
type Name = keyof typeof byName

const id = '05050505-0000-4000-8000-000000000001'
const numbered = (n: number): string => `0f0f0f0f-0000-4000-8000-00000000000${n}`
const media = { container: 'matroska', video: [], audio: [], subtitles: [] }
const few = fc.integer({ min: 0, max: 2 })

const itemCommands: fc.Arbitrary<[Name, Command]> = fc.oneof(
  fc
    .tuple(few, few, fc.option(few, { nil: undefined }), fc.option(few, { nil: null }))
    .map(([file, words, replaces, rating]): [Name, Command] => [
      'item',
      new IngestMedia(
        {
          itemId: id,
          libraryId: id,
          kind: 'film',
          media,
          metadata: { title: `Title ${words}` },
          file: { fileId: numbered(file), location: { rootId: id, relative: `${words}.mkv` }, sizeBytes: 1, modifiedMs: words },
          ...(replaces !== undefined && { replaces: numbered(replaces) }),
          nfo: rating === null ? null : { rating },
        },
        by,
      ),
    ]),
  few.map((file): [Name, Command] => ['item', new RemoveMediaFile({ itemId: id, fileId: numbered(file) }, by)]),
  few.map((year): [Name, Command] => [
    'item',
    new IdentifyGroup(
      {
        itemId: id,
        libraryId: id,
        kind: 'series',
        key: 'k',
        metadata: { title: 'Dark', ...(year > 0 && { year: 2000 + year }) },
      },
      by,
    ),
  ]),
  few.map((rating): [Name, Command] => ['item', new MatchMetadata({ itemId: id, source: 'tmdb', metadata: { rating } }, by)]),
  fc
    .record({ title: fc.constantFrom('A', 'B', null, undefined), year: fc.constantFrom(2000, 2001, null, undefined) })
    .map((fields): [Name, Command] => ['editing', new EditMetadata({ itemId: id, fields }, by)]),
  few.map((hash): [Name, Command] => [
    'artwork',
    new SettleArtwork(
      {
        itemId: id,
        detail: 'none',
        pictures:
          hash === 0
            ? []
            : [
                {
                  role: 'poster',
                  source: { from: 'file', location: { rootId: id, relative: 'p' } },
                  width: 1,
                  height: 1,
                  thumbhash: '',
                  colour: '#000000',
                  contentHash: `${hash}`,
                },
              ],
      },
      by,
    ),
  ]),
)
const libraryCommands: fc.Arbitrary<[Name, Command]> = fc
  .oneof(
    fc.constant(new AddLibrary({ libraryId: id, name: 'A', kind: 'films', roots: [{ rootId: numbered(0), path: '/0' }] }, by)),
    fc
      .tuple(fc.constantFrom('A', 'B', undefined), few, few)
      .map(
        ([name, add, remove]) =>
          new ChangeLibrary(
            { libraryId: id, name, addRoots: [{ rootId: numbered(add), path: `/${add}` }], removeRoots: [numbered(remove)] },
            by,
          ),
      ),
    fc.constant(new RemoveLibrary({ libraryId: id }, by)),
  )
  .map(command => ['library', command])

/** What a state says of its subject: not that it was heard of once, nor of sources that say nothing, and nothing of a library that is out. */
const said = (state: unknown): unknown => {
  const {
    matched,
    known: _,
    removed,
    ...rest
  } = (state ?? {}) as { matched?: ReadonlyMap<string, { metadata: object }>; known?: boolean; removed?: boolean }
  if (removed) return {}
  return {
    ...rest,
    ...(matched && { matched: new Map([...matched].filter(([, { metadata }]) => Object.keys(metadata).length > 0)) }),
  }
}

const kinds = [
  ['items', `item-${id}`, [byName.item, byName.editing, byName.artwork], itemCommands],
  ['libraries', `library-${id}`, [byName.library], libraryCommands],
] as const

describe.each(kinds)('taking back what was done to %s', (_, streamId, deciders, commands) => {
  const stateOf = (events: readonly EventOf[]): unknown[] =>
    deciders.map(decider => said(events.reduce((state: unknown, event) => decider.evolve(state, event), decider.initial)))
  const step = fc.oneof(
    { weight: 4, arbitrary: commands.map(([name, command]) => ({ name, command })) },
    { weight: 1, arbitrary: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }).map(picks => ({ picks })) },
  )
  const play = (steps: readonly ({ name: Name; command: Command } | { picks: number[] })[]): Story => {
    const story = new Story(deciders, streamId)
    for (const one of steps) {
      if ('picks' in one) story.takesBack(...chosen(story, one.picks))
      else
        try {
          const decider = byName[one.name]
          const state = story.history.reduce((folded: unknown, event) => decider.evolve(folded, event), decider.initial)
          const events = decider.decide(one.command, state, { now: new Date() })
          if (events.length > 0) story.happens(...events)
        } catch {
          // What is refused did not happen.
        }
    }
    return story
  }
  const chosen = ({ history }: Story, picks: readonly number[]): RecordedEvent[] =>
    history.length === 0 ? [] : picks.map(pick => history[pick % history.length]!)
  const numRuns = Number(process.env['ROUNDS'] ?? 300)

  it('is as though it had never been done, whatever else was done and taken back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (steps, picks) => {
        const story = play(steps)
        const standing = new Set(standingIn(story.history).map(event => event.id))
        const plain = chosen(story, picks).filter(event => standing.has(event.id))
        const { outcomes } = story.takesBack(...plain)
        const taken = new Set(outcomes.flatMap(({ event, outcome }) => (outcome === 'reverted' ? [event.id] : [])))
        const never = story.history.filter(event => standing.has(event.id) && !taken.has(event.id))
        expect(stateOf(story.history)).toEqual(stateOf(never))
      }),
      { numRuns },
    )
  }, 600_000)

  it('can be taken back itself', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (steps, picks) => {
        const story = play(steps)
        const before = stateOf(story.history)
        const undo = story.takesBack(...chosen(story, picks))
        const redo = story.takesBack(...undo.events)
        expect(redo.outcomes.filter(({ outcome }) => outcome === 'conflict')).toEqual([])
        expect(stateOf(story.history)).toEqual(before)
      }),
      { numRuns },
    )
  }, 600_000)
})
