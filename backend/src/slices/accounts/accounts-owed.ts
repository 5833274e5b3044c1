import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common'
import { Leases } from '../../platform/eventing/projector/leases.js'
import type { Dispatcher } from '../../platform/jobs/dispatcher.js'
import type { Settings } from '../../platform/settings.js'
import { erase, type ErasingParts } from './erase.js'
import { erasuresOwed } from './erasures.projection.js'
import { refusedSignInsOwed, type RefusedSignIns } from './refused-sign-ins.js'

/** Sees to what accounts owe: erased people's events are deleted, names people sign in with follow the log, and so do refused sign-ins. */
export class AccountsOwed implements OnModuleInit, OnApplicationShutdown {
  readonly #stop = new AbortController()
  readonly #leases: Leases

  constructor(
    private readonly parts: ErasingParts,
    private readonly refused: RefusedSignIns,
    private readonly dispatcher: Dispatcher,
    private readonly settings: Settings,
  ) {
    this.#leases = new Leases(parts.sql, `${settings.node} erasures`)
  }

  onModuleInit(): void {
    if (!this.settings.roles.has('projector')) return
    this.dispatcher.follow<{ work_id: string; since: number }>({
      name: 'erasure',
      projection: 'erasures',
      select: erasuresOwed,
      window: 4,
      does: { run: ({ work_id, since }) => this.#erase(work_id, since) },
    })
    this.dispatcher.follow<{ work_id: string; name: string }>({
      name: 'sign-in name',
      projection: 'users',
      select:
        'select c.user_id as work_id, u.name from vault.credentials c join read.users u using (user_id) where c.name <> u.name limit $1',
      window: 100,
      does: { run: ({ work_id, name }) => this.parts.credentials.rename(work_id, name) },
    })
    this.dispatcher.follow({
      name: 'refused sign-ins',
      projection: 'users',
      select: refusedSignInsOwed,
      window: 100,
      does: { run: ({ work_id }) => this.refused.record(work_id) },
    })
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort()
    await this.#leases.giveBackAll()
  }

  async #erase(userId: string, since: number): Promise<void> {
    const lease = `erasure ${userId}`
    if (!(await this.#leases.take(lease))) return
    await erase(this.parts, userId, since, this.#stop.signal).finally(() => this.#leases.giveBack(lease))
  }
}
