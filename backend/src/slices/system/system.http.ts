import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { titleOf } from '@projectionist/shared/api/read-model-titles'
import { getHealth, getLiveness } from '@projectionist/shared/api/system'
import { Serving } from '../../platform/eventing/projector/serving.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Health } from '../../platform/http/health.js'
import { RETRY_AFTER_S } from '../../platform/http/problem.filter.js'
import { Settings } from '../../platform/settings.js'
import { SetUpState } from '../../platform/set-up-state.js'

@Controller()
export class SystemHttp {
  constructor(
    private readonly health: Health,
    private readonly serving: Serving,
    private readonly state: SetUpState,
    private readonly settings: Settings,
  ) {}

  @Handle(getHealth)
  async getHealth(_: Request<typeof getHealth>, exchange: Exchange): Promise<Response<typeof getHealth>> {
    const missing = await this.health.missing()
    // Who cannot be asked is missing.
    const readModels = await this.serving.preparing().catch(() => [])
    const percent = await this.serving.libraryPercent().catch(() => undefined)
    const status = percent !== undefined ? 'preparing' : missing.length > 0 ? 'degraded' : 'ready'
    if (status !== 'ready') void exchange.reply.status(503)
    if (status === 'preparing') void exchange.reply.header('retry-after', RETRY_AFTER_S)
    return {
      status,
      version: this.settings.version,
      setUp: await this.state.isSetUp().catch(() => true),
      missing,
      ...(percent !== undefined && { percent }),
      readModels: readModels.map(each => ({ ...each, title: titleOf(each) })),
    }
  }

  @Handle(getLiveness)
  getLiveness(_: Request<typeof getLiveness>, __: Exchange): Promise<void> {
    return Promise.resolve()
  }
}
