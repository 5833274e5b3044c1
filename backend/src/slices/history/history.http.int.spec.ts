import { randomUUID } from 'node:crypto'
import type { EventOf, Actor } from '@projectionist/shared/events/event'
import { ArtworkChosen, GroupIdentified, MediaIngested, MetadataEdited } from '@projectionist/shared/events/item'
import { LibraryAdded, LibraryRenamed } from '@projectionist/shared/events/library'
import { ItemRated, PlaybackProgressed, PlaybackStarted } from '@projectionist/shared/events/playback'
import { ScanCompleted, ScanStarted } from '@projectionist/shared/events/scan'
import { TranscodeFailed, TranscodeStarted } from '@projectionist/shared/events/transcode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Answer, type TestApp } from '../../../test/app.js'
import { publicationOf } from '../../platform/eventing/projector/publication.js'
import { uuidv5 } from '../../platform/ids.js'
import { NOBODY } from './about.js'
import { historyProjection } from './history.projection.js'

const clock = { deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }
const [films, secrets, root, scan] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
const [metropolis, hidden, series, season, episode] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()]
const picture = ArtworkChosen({
  role: 'poster', source: { from: 'embedded', location: { rootId: root, relative: 'a.mkv' } }, width: 2, height: 3, thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI', colour: '#000000', contentHash: 'c0ffee',
})
const ingested = (libraryId: string, title: string, more: { parentId?: string; kind?: 'film' | 'episode' } = {}) =>
  MediaIngested({
    libraryId, kind: more.kind ?? 'film', scanId: scan, ...(more.parentId && { parentId: more.parentId }),
    file: { fileId: uuidv5(root, title), location: { rootId: root, relative: `${title}.mkv` }, sizeBytes: 1, modifiedMs: 1 },
    media: { container: 'matroska', durationMs: 60_000, video: [], audio: [], subtitles: [] },
    metadata: { title, ...(more.kind === 'episode' && { seasonNumber: 1, episodeNumber: 3 }) },
  })

describe('the history', () => {
  let app: TestApp
  let ada: { id: string; token: string }
  let bob: { id: string; token: string }
  let position = 0
  const revisions = new Map<string, number>()

  /** Records events of one command; gives their ids. */
  async function record(streamId: string, actor: Actor, why: { reason: string; correlationId?: string; causationId?: string }, ...events: EventOf[]): Promise<string[]> {
    const commandId = randomUUID()
    const last = revisions.get(streamId) ?? -1
    const made = events.map((event, index) => ({
      ...event,
      id: uuidv5(commandId, String(index)),
      metadata: { version: 1, commandId, correlationId: why.correlationId ?? commandId, causationId: why.causationId ?? commandId, actor, reason: why.reason, time: new Date().toISOString() },
    }))
    const result = await app.parts.store.append({ streamId, expected: last < 0 ? 'no-stream' : last, events: made })
    if (result.outcome !== 'appended') throw new Error(JSON.stringify(result))
    revisions.set(streamId, result.revision)
    position = result.position
    return made.map(({ id }) => id)
  }
  const ask = (token: string, path: string): Promise<Answer> => app.call('GET', path, { token, headers: { 'min-position': String(position) } })
  const lines = async (token: string, query = '') => (await ask(token, `/history/groups?${query}`)).body.groups as { id: string; owner: { id: string } | null; counts: Record<string, number>; entries: number; story: object; first: { type: string; data: object } }[]
  const entries = async (token: string, query = '') => (await ask(token, `/history?limit=200&${query}`)).body.entries as { id: string; type: string; subject: { title: string | null }; data: object; changes?: object[] }[]
  const types = async (token: string, query = '') => (await entries(token, query)).map(({ type }) => type)

  const correlationId = randomUUID()
  const plays = { ada: randomUUID(), bob: randomUUID(), hidden: randomUUID() }
  let startedId: string
  let ingestedId: string
  let chosenId: string

  beforeAll(async () => {
    app = await startApp('api,projector')
    const adminToken = await app.setUp()
    const person = async (name: string, libraries: 'all' | string[]) => {
      const { body } = await app.call('POST', '/users', { token: adminToken, body: { name, password: 'battery staple', libraries } })
      const signedIn = await app.call('POST', '/auth/login', { body: { name, password: 'battery staple', device: { id: `device-of-${name}`, name: `${name}’s phone` } } })
      return { id: body.id as string, token: signedIn.body.accessToken as string }
    }
    ada = { id: (await app.call('GET', '/me', { token: adminToken })).body.id, token: adminToken }
    bob = await person('Bob', [films])
    const byAda: Actor = { kind: 'user', userId: ada.id, deviceId: 'ada-device' }
    const byScan: Actor = { kind: 'process', name: 'scan' }
    await record(`library-${films}`, byAda, { reason: 'add a library' }, LibraryAdded({ name: 'Films', kind: 'films', roots: [{ rootId: root, path: '/srv/films' }] }))
    await record(`library-${secrets}`, byAda, { reason: 'add a library' }, LibraryAdded({ name: 'Secrets', kind: 'films', roots: [] }))
    ;[startedId] = (await record(`scan-${scan}`, byAda, { reason: 'scan a library', correlationId }, ScanStarted({ libraryId: films, cause: 'requested' }))) as [string]
    const found = { reason: 'Found by a scan', correlationId, causationId: startedId }
    ;[ingestedId] = (await record(`item-${metropolis}`, byScan, found, ingested(films, 'Metropolis'))) as [string]
    await record(`item-${hidden}`, byScan, found, ingested(secrets, 'Nobody knows'))
    await record(`item-${series}`, byScan, found, GroupIdentified({ libraryId: films, kind: 'series', key: 's', metadata: { title: 'Star Trails' } }))
    await record(`item-${season}`, byScan, found, GroupIdentified({ libraryId: films, kind: 'season', parentId: series, key: 's1', metadata: { title: 'Season 1' } }))
    await record(`item-${episode}`, byScan, found, ingested(films, 'Dusk', { parentId: season, kind: 'episode' }))
    await record(`scan-${scan}`, byScan, found, ScanCompleted({ found: 3, added: 3, changed: 0, moved: 0, removed: 0, failed: 0 }))
    ;[chosenId] = (await record(`item-${metropolis}`, { kind: 'process', name: 'artwork' }, { reason: 'look for pictures', correlationId, causationId: ingestedId }, picture)) as [string]
    await record(`item-${metropolis}`, byAda, { reason: 'edit' }, MetadataEdited({ fields: { title: 'Metropolis restored', tagline: '=HYPERLINK("x")' } }))
    const play = (who: { id: string }, itemId: string, playId: string) =>
      record(
        `playback-${who.id}.${itemId}`, { kind: 'user', userId: who.id, deviceId: 'sofa-device' }, { reason: 'play', correlationId: playId },
        PlaybackStarted({ playId, positionMs: 10_000, durationMs: 60_000, libraryId: films, fileId: root, method: 'direct', device: { id: 'sofa-device', name: 'Sofa' } }),
        PlaybackProgressed({ playId, positionMs: 52_000, durationMs: 60_000, cause: 'seek', ...clock }),
      )
    await play(ada, metropolis, plays.ada)
    await play(bob, episode, plays.bob)
    await play(bob, hidden, plays.hidden)
    await record(`playback-${bob.id}.${metropolis}`, { kind: 'user', userId: bob.id }, { reason: 'rate' }, ItemRated({ rating: 9, ...clock }))
    const session = randomUUID()
    await record(`transcode-${session}`, { kind: 'user', userId: bob.id }, { reason: 'play', correlationId: plays.bob }, TranscodeStarted({ itemId: episode, fileId: root, userId: bob.id, method: 'remux', reasons: [], video: 'v', audio: 'a', playId: plays.bob }))
    await record(`transcode-${session}`, { kind: 'process', name: 'playback' }, { reason: 'media could not be made', correlationId: plays.bob }, TranscodeFailed({ code: 'died', detail: '/srv/films/Dusk.mkv', itemId: episode, userId: bob.id, playId: plays.bob }))
    await record(`library-${films}`, byAda, { reason: 'change a library' }, LibraryRenamed({ name: 'Pictures' }))
    await ask(ada.token, '/history')
    expect(await app.parts.announcer.waitFor(['items', 'users', 'libraries', 'scans', 'history'], position, 20_000)).toBe(true)
  }, 60_000)
  afterAll(() => app.close())

  it('makes a line of each cause, newest first', async () => {
    const all = await lines(ada.token)
    expect(all[0]).toMatchObject({ owner: null, counts: { LibraryRenamed: 1 }, first: { type: 'LibraryRenamed', data: { name: 'Pictures' } } })
    expect(all.find(({ id }) => id === correlationId)).toMatchObject({
      owner: null, entries: 8, counts: { ScanStarted: 1, MediaIngested: 3, GroupIdentified: 2, ScanCompleted: 1, ArtworkChosen: 1 }, story: { scan: { state: 'done', added: 3 } },
    })
    expect(all.find(({ id }) => id === plays.bob)).toMatchObject({ owner: { id: bob.id }, entries: 4, story: { play: { fromMs: 10_000, toMs: 52_000, finished: false } } })
  })

  it('pages without a gap and without doing so twice', async () => {
    const whole = (await lines(ada.token)).map(({ id, owner }) => `${id} ${owner?.id}`)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await ask(ada.token, `/history/groups?limit=3${cursor}`)
      seen.push(...body.groups.map(({ id, owner }: (typeof body.groups)[number]) => `${id} ${owner?.id}`))
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    expect(seen).toEqual(whole)
    expect((await ask(ada.token, '/history?cursor=x')).body.code).toBe('invalid-request')
  })

  it('narrows to an item with all inside it', async () => {
    expect(await types(ada.token, `item=${series}`)).toEqual(['TranscodeFailed', 'TranscodeStarted', 'PlaybackProgressed', 'PlaybackStarted', 'MediaIngested', 'GroupIdentified', 'GroupIdentified'])
    expect((await lines(ada.token, `item=${series}`)).map(({ id }) => id)).toEqual([plays.bob, correlationId])
    expect(await types(ada.token, `item=${episode}&group=${correlationId}`)).toEqual(['MediaIngested'])
  })

  it('narrows to a person, a device, a process, kinds, a library, a scan, a subject and a time', async () => {
    expect(await types(ada.token, `user=${bob.id}&kind=ItemRated&kind=SignedIn`)).toEqual(['ItemRated', 'SignedIn'])
    expect(await types(ada.token, 'device=sofa-device&kind=PlaybackStarted')).toHaveLength(3)
    expect(await types(ada.token, 'process=artwork')).toEqual(['ArtworkChosen'])
    expect(await types(ada.token, `library=${secrets}&process=scan`)).toEqual(['MediaIngested'])
    expect(await types(ada.token, `scan=${scan}`)).toHaveLength(8)
    expect((await entries(ada.token, `subject=${scan}`)).map(({ type, subject }) => [type, subject.title])).toEqual([['ScanCompleted', 'Pictures'], ['ScanStarted', 'Pictures']])
    expect(await types(ada.token, `subject=${films}`)).toEqual(['LibraryRenamed', 'LibraryAdded'])
    expect(await types(ada.token, `to=2020-01-01T00:00:00Z`)).toEqual([])
    expect(await types(ada.token, `from=2020-01-01T00:00:00Z&kind=ScanStarted&subject=${scan}`)).toEqual(['ScanStarted'])
    expect((await lines(ada.token, `process=artwork&user=${ada.id}`)).map(({ id }) => id)).toEqual([correlationId])
    expect(await lines(ada.token, `kind=ItemRated&process=scan`)).toEqual([])
  })

  it('finds by the words of titles, names, reasons and what was written', async () => {
    const found = async (q: string) => (await lines(ada.token, `q=${encodeURIComponent(q)}`)).map(({ id }) => id)
    expect(await found('metro')).toContain(plays.ada)
    expect(await found('hyperlink')).toContain(correlationId)
    expect(await found('nobody kno')).toEqual([plays.hidden, correlationId])
    expect(await found('sofa dusk')).toContain(plays.bob)
    expect(await found('zzz')).toEqual([])
    expect(await types(ada.token, 'q=dusk&kind=PlaybackStarted')).toEqual(['PlaybackStarted'])
    expect(await types(ada.token, 'q=rate')).toEqual(['ItemRated'])
  })

  it('finds by words that very many things have', async () => {
    const { schema } = (await publicationOf(app.parts.sql, historyProjection))!
    await app.parts.sql.query(
      `insert into ${schema}.words (mark, word, owner)
       select gen_random_uuid(), word, $1::uuid from generate_series(1, 2100), unnest(array['darkness', 'riverside']) word
       union all select $2::uuid, word, $1::uuid from unnest(array['darkness', 'riverside']) word`,
      [NOBODY, metropolis],
    )
    await app.parts.sql.query(`analyze ${schema}.words`)
    const both = (await lines(ada.token, 'q=dark%20river')).map(({ id }) => id)
    expect(both).toEqual((await lines(ada.token, `item=${metropolis}`)).map(({ id }) => id))
    expect((await lines(ada.token, 'q=dark')).map(({ id }) => id)).toEqual(both)
    expect((await lines(bob.token, 'q=dark')).map(({ first }) => first.type)).toEqual(['ItemRated'])
  })

  it('says from what to what', async () => {
    const [edited] = await entries(ada.token, 'kind=MetadataEdited&changes=true')
    expect(edited!.changes).toEqual([{ field: 'tagline', to: '=HYPERLINK("x")' }, { field: 'title', from: 'Metropolis', to: 'Metropolis restored' }])
    const { body } = await ask(ada.token, `/history/${edited!.id}`)
    expect(body.entry.changes).toEqual(edited!.changes)
    expect((await entries(ada.token, 'kind=LibraryRenamed&changes=true'))[0]!.changes).toEqual([{ field: 'name', from: 'Films', to: 'Pictures' }])
    expect((await entries(ada.token, 'kind=TranscodeFailed&changes=true'))[0]!.changes).toBeNull()
  })

  it('follows the chain both ways', async () => {
    const { body: chosen } = await ask(ada.token, `/history/${chosenId}`)
    expect(chosen.because.map(({ id }: { id: string }) => id)).toEqual([ingestedId, startedId])
    expect(chosen.led).toEqual({ entries: [], more: false })
    const { body: started } = await ask(ada.token, `/history/${startedId}`)
    expect(started.because).toEqual([])
    expect(started.led.entries.map(({ type }: { type: string }) => type)).toEqual(['MediaIngested', 'MediaIngested', 'GroupIdentified', 'GroupIdentified', 'MediaIngested', 'ScanCompleted'])
    expect(started.names).toMatchObject({ [films]: 'Pictures', [root]: '/srv/films' })
    expect(await types(ada.token, `cause=${ingestedId}`)).toEqual(['ArtworkChosen'])
  })

  it('is told to members as far as it is theirs, and of what they may see, by every way', async () => {
    const own = ['TranscodeFailed', 'TranscodeStarted', 'ItemRated', 'PlaybackProgressed', 'PlaybackStarted', 'SignedIn', 'UserAdded']
    expect(await types(bob.token)).toEqual(own)
    for (const query of [`user=${ada.id}`, `item=${hidden}`, `library=${secrets}`, `scan=${scan}`, `group=${correlationId}`, `cause=${startedId}`, `group=${plays.ada}&owner=${ada.id}`, `group=${plays.hidden}&owner=${bob.id}`, 'process=scan', 'q=nobody', 'q=metropolis&kind=MetadataEdited', `subject=${films}`, `subject=${hidden}`])
      expect([query, await types(bob.token, query)]).toEqual([query, query.startsWith('user=') ? ['UserAdded'] : []])
    for (const query of ['q=nobody', 'q=knows', `item=${hidden}`, 'process=scan', `scan=${scan}`, `subject=${hidden}`]) expect([query, await lines(bob.token, query)]).toEqual([query, []])
    expect((await lines(bob.token)).map(({ id }) => id)).not.toContain(plays.hidden)
    expect((await lines(bob.token, 'q=dusk')).map(({ id }) => id)).toEqual([plays.bob])
    for (const id of [startedId, ingestedId, chosenId]) expect((await ask(bob.token, `/history/${id}`)).status).toBe(404)
    const [failed] = await entries(bob.token, 'kind=TranscodeFailed')
    expect(failed!.data).toMatchObject({ code: 'died', detail: '' })
    const [added] = await entries(bob.token, 'kind=UserAdded')
    const { body } = await ask(bob.token, `/history/${added!.id}`)
    expect(body.names).toEqual({ [films]: 'Pictures' })
    const { body: choices } = await ask(bob.token, '/history/choices')
    expect(choices.devices.map(({ name }: { name: string }) => name)).toEqual(['Bob’s phone', 'Sofa'])
  })

  it('goes out as CSV in which nothing is a formula, and as JSON lines, and knows that it did', async () => {
    const csv = (await ask(ada.token, '/history/export?kind=MetadataEdited')).body as string
    const [head, line, end] = csv.split('\r\n')
    expect(head).toBe('\uFEFFtime,who,device,what,kind,subject,title,of,whose,why,changes,data,cause,id')
    expect(line).toContain('"Ada","Sofa","MetadataEdited","item"')
    expect(line).toContain('"Metropolis restored"')
    expect(line).toContain('title: Metropolis → Metropolis restored')
    expect(end).toBe('')
    const { payload } = await app.app.inject({ url: `/api/history/export?format=jsonl&subject=${films}`, headers: { authorization: `Bearer ${ada.token}` } })
    const json = payload.trimEnd().split('\n').map(text => JSON.parse(text))
    expect(json.map(({ type }) => type)).toEqual(['LibraryRenamed', 'LibraryAdded'])
    const theirs = (await ask(bob.token, '/history/export')).body as string
    expect(theirs.split('\r\n').length - 2).toBe(7)
    for (const secret of ['Nobody knows', 'Secrets', '/srv/films', 'Ada,']) expect(theirs).not.toContain(secret)
    await ask(ada.token, '/history/export?q=Bob&process=scan')
    position = await app.parts.store.head()
    expect((await entries(ada.token, 'kind=HistoryExported')).map(({ data }) => data)).toEqual([
      { format: 'csv', filter: { process: 'scan' }, searched: true },
      { format: 'csv', filter: {}, searched: false },
      { format: 'jsonl', filter: { subject: films }, searched: false },
      { format: 'csv', filter: { kind: ['MetadataEdited'] }, searched: false },
    ])
    expect((await entries(bob.token, 'kind=HistoryExported')).length).toBe(1)
  })

  it('knows by library what was marked, rated and edited, and what of it was taken back', async () => {
    const change = async (method: string, path: string, body: object): Promise<void> => {
      const { status, headers } = await app.call(method, path, { token: ada.token, body, headers: { 'min-position': String(position) } })
      expect(status).toBeLessThan(300)
      position = Number(headers['position'])
    }
    const before = (await types(ada.token, `library=${films}`)).length
    await change('PUT', `/items/${metropolis}/watched`, { watched: true })
    const [marked] = await entries(ada.token, `library=${films}`)
    await change('PUT', `/items/${metropolis}/rating`, { rating: 9 })
    await change('POST', '/edits', { items: [metropolis], fields: { year: 1927 } })
    expect((await types(ada.token, `library=${films}`)).slice(0, -before)).toEqual(['MetadataEdited', 'ItemRated', 'MarkedWatched'])
    expect((await lines(ada.token, `library=${films}`)).slice(0, 3).map(({ first }) => first.type)).toEqual(['MetadataEdited', 'ItemRated', 'MarkedWatched'])
    expect(await types(ada.token, `library=${secrets}&kind=ItemRated&kind=MetadataEdited&kind=MarkedWatched`)).toEqual([])
    expect((marked!.data as { libraryId?: string }).libraryId).toBe(films)
  })
})
