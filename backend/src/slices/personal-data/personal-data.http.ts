import { Controller } from '@nestjs/common'
import { exportMe } from '@projectionist/shared/api/accounts'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Downloads } from './downloads.js'

@Controller()
export class PersonalDataHttp {
  constructor(private readonly downloads: Downloads) {}

  @Handle(exportMe)
  async exportMe(_: Request<typeof exportMe>, exchange: Exchange): Promise<Response<typeof exportMe>> {
    await exchange.reads('person_streams', 'watch_state', 'users')
    return { url: `/api/exports/${await this.downloads.seal(exchange.caller, new Date())}` }
  }
}
