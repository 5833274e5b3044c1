import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { CommandRunner } from '../platform/eventing/command-runner.js'
import { byProcess } from '../platform/eventing/decider.js'
import { overview, type ProjectionOverview } from '../platform/eventing/projector/overview.js'
import { prepareStatus } from '../platform/eventing/projector/projection-status.js'
import { CannotVerify, verify, type Verification } from '../platform/eventing/projector/verify.js'
import type { Projection } from '../platform/eventing/projection.js'
import { projections } from '../slices/all.js'
import { askOfReadModels, type Wish } from '../slices/projections/asking.js'
import { say, UsageError, type Commands } from './command.js'
import { openKept, type OpenedKept } from './open-kept.js'

const LOOK_EVERY_MS = 500

/** How the read models stand, and what can be done about them. */
export const projectionsCommands: Commands = {
  'projections list': {
    usage: 'projections list',
    does: 'lists the read models: version, state, position, how far behind; exit code 1 when one has stopped',
    run: () =>
      opened(async place => {
        const all = await overview(projections, place)
        table([
          ['name', 'version', 'state', 'position', 'behind'],
          ...all.map(each => [each.name, versions(each), stateOf(each), String(each.position), behind(each)]),
        ])
        for (const each of all) for (const line of notes(each)) say(line)
        return all.some(({ state }) => state === 'faulted') ? 1 : 0
      }),
  },
  'projections rebuild': {
    usage: 'projections rebuild <name>|--all',
    does: 'fills new tables from the log while the old ones serve, then puts them in their place',
    run: args =>
      opened(async place => {
        const wanted = named(args, false)
        await ask(place, 'rebuild', wanted)
        if (!(await place.isRunning())) {
          say('Projectionist does not run. The rebuild begins when it is started.')
          return 0
        }
        return watch(place, wanted)
      }),
  },
  'projections verify': {
    usage: 'projections verify [<name>]',
    does: 'replays the log beside the running server and compares every row; exit code 1 when one differs',
    run: args => opened(place => compare(place, named(args, true))),
  },
  'projections resume': {
    usage: 'projections resume <name>',
    does: 'lets a read model that has stopped try its event again',
    run: args =>
      opened(async place => {
        const [wanted] = named(args, false) as [Projection]
        const { name } = wanted
        await ask(place, 'resume', [wanted])
        if (!(await place.isRunning())) {
          say('Projectionist does not run. It tries again when it is started.')
          return 0
        }
        for (;;) {
          const [now] = await overview(
            projections.filter(each => each.name === name),
            place,
          )
          if (!now!.asked && now!.state !== 'waiting') {
            say(`${name}: ${now!.fault ? faultWords(now!) : stateOf(now!)}`)
            return now!.fault ? 1 : 0
          }
          await wait(LOOK_EVERY_MS)
        }
      }),
  },
}

async function opened(work: (place: OpenedKept) => Promise<number>): Promise<number> {
  const place = await openKept()
  try {
    await prepareStatus(place.sql)
    return await work(place)
  } finally {
    await place.close()
  }
}

const ask = ({ sql, store, catalog }: OpenedKept, wish: Wish, wanted: readonly Projection[]) =>
  askOfReadModels(
    { sql, runner: new CommandRunner(store, catalog) },
    wish,
    wanted.map(({ name }) => name),
    byProcess('operator', `${wish} on the server`, randomUUID()),
  )

function named(args: readonly string[], allByDefault: boolean): readonly Projection[] {
  if (args[0] === '--all' || (allByDefault && args.length === 0)) return projections
  const found = projections.filter(({ name }) => name === args[0])
  const names = projections.map(({ name }) => name).join(', ')
  if (found.length === 0)
    throw new UsageError(
      args[0] === undefined ? `Say which one: ${names}` : `No read model is called ${args[0]}. There are: ${names}`,
    )
  return found
}

/** Prints progress until all that was asked for is done. */
async function watch(place: OpenedKept, wanted: readonly Projection[]): Promise<number> {
  const left = new Set(wanted.map(({ name }) => name))
  let failed = 0
  while (left.size > 0) {
    for (const each of await overview(wanted, place)) {
      if (!left.has(each.name)) continue
      const bad = each.fault ? faultWords(each) : each.givenUp
      if (each.asked) {
        if (each.filling) progress(`${each.name}  ${percent(each)}  ${rate(each)}`)
        continue
      }
      left.delete(each.name)
      if (bad !== undefined) failed++
      say(`${clear}${each.name}  ${bad ?? 'rebuilt'}`)
    }
    if (left.size > 0) await wait(LOOK_EVERY_MS)
  }
  return failed > 0 ? 1 : 0
}

async function compare(place: OpenedKept, wanted: readonly Projection[]): Promise<number> {
  let found: readonly Verification[]
  try {
    found = await verify(wanted, place, {
      onProgress: ({ position, to, rate }) =>
        progress(
          `Replaying  ${Math.floor((position / Math.max(1, to)) * 100)} %  ${Math.round(rate).toLocaleString('en')} events a second`,
        ),
    })
  } catch (error) {
    if (!(error instanceof CannotVerify)) throw error
    say(`${clear}${error.message}`)
    return 1
  }
  if (process.stderr.isTTY) process.stderr.write(clear)
  for (const { projection, position, rows, differing, differences } of found) {
    const total = Object.values(rows).reduce((sum, n) => sum + n, 0)
    say(
      `${projection}  ${differing === 0 ? 'equal' : `${differing} differ`}  ${total.toLocaleString('en')} rows at position ${position}`,
    )
    for (const { table, key, kind, columns } of differences) {
      const where = Object.entries(key)
        .map(([column, value]) => `${column} ${String(value)}`)
        .join(', ')
      say(
        `  ${table}, ${where}: ${kind === 'different' ? `differs in ${columns.join(', ') || 'what has changed since'}` : kind === 'missing' ? 'missing' : 'should not be there'}`,
      )
    }
    if (differing > differences.length) say(`  and ${differing - differences.length} more`)
  }
  return found.some(({ differing }) => differing > 0) ? 1 : 0
}

const versions = ({ version, serves }: ProjectionOverview): string =>
  serves === undefined || serves === version ? String(version) : `${serves}, soon ${version}`
const rate = ({ filling }: ProjectionOverview): string => `${Math.round(filling!.rate).toLocaleString('en')} events a second`
const percent = ({ filling }: ProjectionOverview): string =>
  `${Math.floor((filling!.position / Math.max(1, filling!.to)) * 100)} %`

function stateOf(each: ProjectionOverview): string {
  if (each.state === 'faulted') return 'stopped'
  if (each.filling) return `rebuilding, ${percent(each)}, ${rate(each)}`
  if (each.asked === 'rebuild') return 'rebuild asked for'
  return each.state === 'live' && each.behind.events > 0 ? 'catching up' : each.state
}

function behind({ behind: { events, more, since } }: ProjectionOverview): string {
  if (events === 0) return '0'
  return `${events}${more ? ' or more' : ''}${since === undefined ? '' : `, ${length(Date.now() - Date.parse(since))}`}`
}

function length(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 600 ? `${seconds} s` : seconds < 36_000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

function notes(each: ProjectionOverview): string[] {
  const words = []
  if (each.fault)
    words.push(
      `${each.name} ${faultWords(each)}`,
      `  Install a version of Projectionist that can take it, or see what is wrong, then: npx projectionist projections resume ${each.name}`,
    )
  if (each.trouble !== undefined) words.push(`${each.name} cannot go on for now and keeps trying: ${each.trouble}`)
  if (each.givenUp !== undefined) words.push(`${each.name} serves, but its last rebuild was given up: ${each.givenUp}`)
  return words
}

const faultWords = ({ fault }: ProjectionOverview): string =>
  fault?.event
    ? `stands still at event ${fault.event.id}, ${fault.event.type} of ${fault.event.streamId} at position ${fault.event.position}: ${fault.error}`
    : `stands still: ${fault?.error ?? ''}`

function table(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  for (const row of rows)
    say(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
}

/** One line that is written over, where somebody watches. */
const clear = process.stderr.isTTY ? '\r\u001b[K' : ''
const progress = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`${clear}${text}`))
