import { randomUUID } from 'node:crypto'
import type { LeftAsItIs, Undo } from '@projectionist/shared/api/undo'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { House } from '../../../test/undo-house.js'

describe('what a person did', () => {
  let house: House
  beforeAll(async () => {
    house = await House.open()
    await house.scanFinds(0, 10)
  }, 60_000)
  afterAll(() => house.close())

  const edit = async (items: number[], body: object): Promise<string> => {
    const answer = await house.post('/edits', { items: items.map(house.itemId), ...body })
    expect(answer.status).toBe(200)
    return (answer.body as { id: string }).id
  }
  const cause = (correlationId: string): UndoSelection => ({ of: 'cause', correlationId })

  it('is edited, previewed, taken back, and taken back again', async () => {
    const id = await edit([1], { fields: { title: 'One', year: 1999 } })
    const { fields } = await house.get<{ fields: Record<string, unknown> }>(`/items/${house.itemId(1)}/fields`)
    expect([fields['title'], fields['genres']]).toEqual([
      { value: 'One', edited: true, source: { name: 'file', value: 'Film 1' } },
      { value: ['Drama'], edited: false, source: { name: 'file', value: ['Drama'] } },
    ])
    expect(await house.preview(cause(id))).toEqual({
      kinds: [{ type: 'MetadataEdited', count: 1 }],
      total: 1,
      tally: { reverted: 1, unneeded: 0, conflicts: 0 },
      left: [],
      next: null,
      subjects: [
        {
          subject: { category: 'item', id: house.itemId(1), title: 'One', kind: 'film' },
          changes: [
            { field: 'title', from: 'One', to: 'Film 1' },
            { field: 'year', from: 1999 },
          ],
        },
      ],
    })
    expect(await house.titles()).toContain('One')
    const undo = await house.takeBack(cause(id))
    expect(undo).toMatchObject({ state: 'done', total: 1, done: 1, reverted: 1, unneeded: 0, conflicts: 0, takenBackBy: null })
    expect(await house.titles()).not.toContain('One')
    const redo = await house.takeBack(cause(undo.id))
    expect(redo).toMatchObject({ state: 'done', reverted: 1 })
    expect(await house.titles()).toContain('One')
    expect((await house.get<Undo>(`/undos/${undo.id}`)).takenBackBy).toBe(redo.id)
    expect(await house.takeBack(cause(undo.id))).toMatchObject({ reverted: 0, unneeded: 1 })
  }, 30_000)

  it('is taken back as far as nobody changed it since, and the rest is told', async () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    const id = await edit(all, { add: { tags: ['noir'], genres: ['Drama', 'Crime'] }, remove: { genres: ['Comedy'] } })
    expect(await house.get<{ genres: string[]; tags: string[] }>(`/items/${house.itemId(4)}`)).toMatchObject({
      genres: ['Drama', 'Crime'],
      tags: ['noir'],
    })
    await edit([2, 3], { fields: { tags: ['mine'], genres: [] } })
    const first = await house.preview(cause(id), { limit: 4 })
    expect([first.total, first.tally, first.subjects.length, first.left.length]).toEqual([
      10,
      { reverted: 2, unneeded: 0, conflicts: 2 },
      2,
      2,
    ])
    expect(first.left[0]).toMatchObject({
      why: 'The same was edited again since.',
      subject: { title: 'Film 2' },
      since: { type: 'MetadataEdited', actorName: 'Ada' },
    })
    const rest = await house.preview(cause(id), { cursor: first.next!, details: false })
    expect([rest.tally, rest.subjects, rest.next]).toEqual([{ reverted: 6, unneeded: 0, conflicts: 0 }, [], null])
    const undo = await house.takeBack(cause(id))
    expect(undo).toMatchObject({ state: 'done', reverted: 8, conflicts: 2 })
    const { left } = await house.get<{ left: LeftAsItIs[] }>(`/undos/${undo.id}/conflicts`)
    expect(left.map(one => [one.subject.title, one.why, one.since?.actorName])).toEqual([
      ['Film 2', 'The same was edited again since.', 'Ada'],
      ['Film 3', 'The same was edited again since.', 'Ada'],
    ])
    const tags = await Promise.all(all.map(async n => (await house.get<{ tags: string[] }>(`/items/${house.itemId(n)}`)).tags))
    expect(tags).toEqual(all.map(n => (n === 2 || n === 3 ? ['mine'] : [])))
  }, 30_000)

  it('is marking: many at once are one thing, and what was watched before stays watched', async () => {
    const watched = async (...films: number[]): Promise<boolean[]> => {
      const items = films.map(n => house.get<{ state: { watched: boolean } }>(`/items/${house.itemId(n)}`))
      return (await Promise.all(items)).map(({ state }) => state.watched)
    }
    await house.app.call('PUT', `/items/${house.itemId(1)}/watched`, { token: house.token, body: { watched: true } })
    const { status, body } = await house.post('/marks', { items: [1, 2, 3, 3].map(house.itemId), watched: true })
    expect([status, await watched(1, 2, 3, 4)]).toEqual([200, [true, true, true, false]])
    const marking = cause((body as { id: string }).id)
    expect(await house.preview(marking, { details: false })).toMatchObject({ total: 3, tally: { reverted: 3, conflicts: 0 } })
    const undo = await house.takeBack(marking)
    expect(undo).toMatchObject({ state: 'done', reverted: 3 })
    expect(await watched(1, 2, 3, 4)).toEqual([true, false, false, false])
    await house.takeBack(cause(undo.id))
    expect(await watched(1, 2, 3, 4)).toEqual([true, true, true, false])
    expect((await house.post('/marks', { items: [randomUUID()], watched: true })).body).toMatchObject({ code: 'item-not-found' })
  }, 30_000)

  it('is playing: forgotten by the day, and remembered by taking that back', async () => {
    const state = async (n: number): Promise<object> =>
      (await house.get<{ state: { watched: boolean; positionMs: number } }>(`/items/${house.itemId(n)}`)).state
    const now = Date.now()
    const play = (n: number, positionMs: number) => ({
      ...{ kind: 'progress', itemId: house.itemId(n), playId: randomUUID(), positionMs, durationMs: 100_000, cause: 'stop' },
      ...{ sequence: n, deviceTime: new Date(now - 3600_000).toISOString() },
    })
    const device = { id: 'television', name: 'Television' }
    const sent = await house.post('/me/intents', {
      device,
      sentAt: new Date(now).toISOString(),
      intents: [play(7, 100_000), play(8, 40_000)],
    })
    expect(sent.status).toBe(200)
    await house.shown()
    expect([await state(7), await state(8)]).toMatchObject([{ watched: true }, { watched: false, positionMs: 40_000 }])
    const at = (ms: number): string => new Date(now + ms).toISOString()
    const undo = await house.takeBack({ of: 'plays', from: at(-7200_000), to: at(-1800_000) })
    expect(undo).toMatchObject({ state: 'done', reverted: 2 })
    expect([await state(7), await state(8)]).toMatchObject([{ watched: false }, { watched: false, positionMs: 0 }])
    expect(await house.takeBack(cause(undo.id))).toMatchObject({ state: 'done', reverted: 2, conflicts: 0 })
    expect([await state(7), await state(8)]).toMatchObject([{ watched: true }, { watched: false, positionMs: 40_000 }])
  }, 30_000)

  it('is refused where it cannot stand, and passes over what is not there', async () => {
    const tries: [object, number, string][] = [
      [{ items: [house.itemId(1)], fields: { titel: 'x' } }, 400, 'invalid-request'],
      [{ items: [house.itemId(1)], fields: { year: 'soon' } }, 400, 'invalid-request'],
      [{ items: [], fields: { year: 1999 } }, 400, 'invalid-request'],
      [{ items: [house.itemId(1)], add: { genres: ['x'.repeat(300)] } }, 400, 'invalid-request'],
      [{ items: [randomUUID()], fields: { year: 1999 } }, 404, 'item-not-found'],
    ]
    for (const [body, status, code] of tries) expect(await house.post('/edits', body)).toMatchObject({ status, body: { code } })
    const some = await house.post('/edits', { items: [house.itemId(1), randomUUID()], fields: { rating: 7 } })
    expect(some.body).toMatchObject({ changed: 1, unchanged: 0, missing: 1 })
    const again = await house.post('/edits', { items: [house.itemId(1)], fields: { rating: 7 } })
    expect(again.body).toMatchObject({ changed: 0, unchanged: 1, missing: 0 })
    expect(await house.post('/undos', { selection: cause((again.body as { id: string }).id) })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-undo' },
    })
  })

  it('brings back a library with all that was in it', async () => {
    const before = await house.titles()
    const removed = await house.app.call('DELETE', `/libraries/${house.library}`, { token: house.token })
    expect([removed.status, await house.titles()]).toEqual([200, []])
    const selection = cause((removed.body as { id: string }).id)
    expect((await house.preview(selection)).subjects).toMatchObject([
      { subject: { category: 'library' }, changes: [{ field: 'folders' }, { field: 'kind' }, { field: 'name', to: 'Films' }] },
    ])
    expect(await house.takeBack(selection)).toMatchObject({ reverted: 1 })
    expect(await house.titles()).toEqual(before)
  }, 30_000)

  it('stays where a folder belongs to another library by now', async () => {
    await house.app.call('DELETE', `/libraries/${house.library}`, { token: house.token })
    await house.post('/libraries', { name: 'Others', kind: 'films', folders: [house.folder] })
    await house.shown()
    const [removal] = (await house.get<{ entries: { id: string }[] }>('/history?kind=LibraryRemoved')).entries
    const { tally, left } = await house.preview({ of: 'events', eventIds: [removal!.id] })
    expect(tally).toEqual({ reverted: 0, unneeded: 0, conflicts: 1 })
    expect(left[0]!.why).toBe(`The folder ${house.folder} belongs to the library “Others” now.`)
  }, 30_000)
})

describe('rights', () => {
  let house: House
  beforeAll(async () => {
    house = await House.open()
    await house.scanFinds(0, 3)
  }, 60_000)
  afterAll(() => house.close())

  it('never leaves nobody who is an admin, also when two are taken back at once', async () => {
    const ada = (await house.get<{ id: string }>('/me')).id
    const eve = await house.person('Eve')
    const change = async (id: string, to: object, token = house.token): Promise<void> =>
      expect((await house.app.call('PATCH', `/users/${id}`, { token, body: to })).status).toBe(204)
    const lastOf = async (type: string, user: string): Promise<string> => {
      await house.shown()
      return (await house.get<{ entries: { id: string }[] }>(`/history?kind=${type}&user=${user}`)).entries[0]!.id
    }
    const these = (...eventIds: string[]): UndoSelection => ({ of: 'events', eventIds })
    const why = 'Nobody would be left who is an admin. Make somebody else an admin first.'

    await change(eve.id, { role: 'admin' })
    await change(ada, { disabled: true }, eve.token)
    await change(ada, { disabled: false }, eve.token)
    const [promoted, enabled] = [await lastOf('UserRoleChanged', eve.id), await lastOf('UserEnabled', ada)]
    expect(await house.preview(these(promoted, enabled))).toMatchObject({
      tally: { reverted: 0, conflicts: 2 },
      left: [{ why }, { why }],
      subjects: [],
    })
    expect(await house.takeBack(these(promoted, enabled))).toMatchObject({ state: 'done', reverted: 0, conflicts: 2 })

    // One of the two goes, and then the other does not.
    expect(await house.preview(these(promoted))).toMatchObject({ tally: { reverted: 1, conflicts: 0 } })
    expect(await house.takeBack(these(enabled), eve.token)).toMatchObject({ reverted: 1, conflicts: 0 })
    expect((await house.app.call('GET', '/me', { token: house.token })).status).toBe(401)
    expect(await house.takeBack(these(promoted), eve.token)).toMatchObject({ reverted: 0, conflicts: 1 })
    await change(ada, { disabled: false }, eve.token)
    expect(await house.takeBack(these(promoted))).toMatchObject({ reverted: 1, conflicts: 0 })
  }, 30_000)

  it('end at what is one’s own: members take back nothing of libraries, and nobody what others marked', async () => {
    const member = await house.person('Bob')
    const { body } = await house.post('/edits', { items: [house.itemId(0)], fields: { title: 'Zero' } })
    const edited: UndoSelection = { of: 'cause', correlationId: (body as { id: string }).id }
    const refused = { status: 409, body: { code: 'nothing-to-undo' } }
    expect(await house.post('/undos', { selection: edited }, member.token)).toMatchObject(refused)
    expect(await house.post('/undos/preview', { selection: edited }, member.token)).toMatchObject(refused)
    expect(await house.post('/edits', { items: [house.itemId(0)], fields: { title: 'x' } }, member.token)).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    })
    await house.app.call('PUT', `/items/${house.itemId(0)}/watched`, { token: member.token, body: { watched: true } })
    await house.shown()
    const [mark] = (await house.get<{ entries: { id: string; correlationId: string }[] }>('/history?kind=MarkedWatched')).entries
    for (const selection of [
      { of: 'events', eventIds: [mark!.id] },
      { of: 'cause', correlationId: mark!.correlationId },
    ] as UndoSelection[])
      expect(await house.post('/undos', { selection })).toMatchObject(refused)
    const undo = await house.takeBack(edited)
    expect(await house.app.call('GET', `/undos/${undo.id}`, { token: member.token })).toMatchObject({
      status: 404,
      body: { code: 'undo-not-found' },
    })
    expect(await house.app.call('PATCH', `/undos/${undo.id}`, { token: house.token, body: { action: 'cancel' } })).toMatchObject({
      status: 409,
      body: { code: 'undo-not-running' },
    })
    expect(await house.app.call('GET', `/undos/${undo.id}`, {})).toMatchObject({ status: 401 })
  }, 30_000)
})
