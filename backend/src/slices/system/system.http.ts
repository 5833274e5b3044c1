import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { getHealth } from '@projectionist/shared/api/system'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Health } from '../../platform/http/health.js'
import { Settings } from '../../platform/settings.js'
import { SetUpState } from '../../platform/set-up-state.js'

@Controller()
export class SystemHttp {
  constructor(
    private readonly health: Health,
    private readonly state: SetUpState,
    private readonly settings: Settings,
  ) {}

  @Handle(getHealth)
  async getHealth(_: Request<typeof getHealth>, exchange: Exchange): Promise<Response<typeof getHealth>> {
    const missing = await this.health.missing()
    if (missing.length > 0) void exchange.reply.status(503)
    const setUp = await this.state.isSetUp().catch(() => true)
    return { status: missing.length === 0 ? 'ready' : 'degraded', version: this.settings.version, setUp, missing }
  }
}
