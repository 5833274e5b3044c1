import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import {
  editableNames,
  editItems,
  getItemFields,
  type Edits,
  type FieldState,
  type ListName,
} from '@projectionist/shared/api/editing'
import type { Metadata } from '@projectionist/shared/events/media'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { uuidv5 } from '../../platform/ids.js'
import { metadataOf, sourceOrder, type Sources } from '../../platform/media/metadata-sources.js'
import { Sql } from '../../platform/sql/sql.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import { editing, EditMetadata } from './edit.js'

interface There {
  readonly library_id: string
  readonly sources: Sources
}

@Controller()
export class EditingHttp {
  constructor(
    private readonly sql: Sql,
    private readonly runner: CommandRunner,
  ) {}

  @Handle(getItemFields)
  async getItemFields(
    { params: { id } }: Request<typeof getItemFields>,
    exchange: Exchange,
  ): Promise<Response<typeof getItemFields>> {
    await exchange.reads('items')
    const sources = (await this.#there(exchange, [id])).get(id)?.sources
    if (!sources) throw new DomainError('item-not-found')
    return { fields: Object.fromEntries(editableNames.map(name => [name, fieldOf(sources, name)])) }
  }

  @Handle(editItems)
  async editItems({ body }: Request<typeof editItems>, exchange: Exchange): Promise<Response<typeof editItems>> {
    await exchange.reads('items')
    const ids = [...new Set(body.items)]
    const there = await this.#there(exchange, ids)
    if (there.size === 0) throw new DomainError('item-not-found')
    const by = exchange.by('edit')
    const commands = [...there].map(([itemId, { sources, library_id: libraryId }]) => {
      const fields = { ...body.fields, ...changedLists(metadataOf(sources), body) }
      return new EditMetadata({ itemId, libraryId, fields }, { ...by, commandId: uuidv5(by.commandId, itemId) })
    })
    const outcomes = await this.runner.runMany(editing, commands)
    let changed = 0
    for (const outcome of outcomes) {
      if (outcome instanceof DomainError) throw outcome
      if (outcome.events.length > 0) changed++
      exchange.wrote(outcome.position)
    }
    await exchange.shown('items', 'history')
    return { id: by.correlationId, changed, unchanged: outcomes.length - changed, missing: ids.length - there.size }
  }

  /** Each of these items that is there for the caller, with what the sources say of it. */
  async #there({ caller }: Exchange, ids: readonly string[]): Promise<Map<string, There>> {
    const rows = await this.sql.query<There & { id: string }>(
      `select i.id, i.library_id, i.sources from read.items i where i.id = any($1) and ${visibleTo('i', 2)}`,
      [ids, visibilityOf(caller)],
    )
    return new Map(rows.map(row => [row.id, row]))
  }
}

function fieldOf(sources: Sources, name: keyof Metadata): FieldState {
  const saying = sourceOrder.filter(source => (sources[source]?.[name] ?? null) !== null)
  const source = saying.find(one => one !== 'edited')
  return {
    value: (saying[0] ? sources[saying[0]]![name] : null) as FieldState['value'],
    edited: saying[0] === 'edited',
    source: source ? { name: source, value: sources[source]![name] as FieldState['value'] } : null,
  }
}

/** Lists with what is added and without what is removed; those that stay as they are, are left out. */
function changedLists(now: Metadata, { add, remove }: Request<typeof editItems>['body']): Edits {
  const names = new Set([...Object.keys(add ?? {}), ...Object.keys(remove ?? {})] as ListName[])
  return Object.fromEntries(
    [...names].flatMap(name => {
      const before = now[name] ?? []
      const after = [...new Set([...before, ...(add?.[name] ?? [])])].filter(word => !remove?.[name]?.includes(word))
      return after.length === before.length && after.every((word, index) => word === before[index]) ? [] : [[name, after]]
    }),
  )
}
