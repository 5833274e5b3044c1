import { Injectable } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Announcer } from '../eventing/projector/announcer.js'
import { Serving } from '../eventing/projector/serving.js'
import { Exchange } from './exchange.js'

/** Makes the exchange of each request. */
@Injectable()
export class Exchanges {
  constructor(
    private readonly bus: CommandBus,
    private readonly announcer: Announcer,
    private readonly serving: Serving,
  ) {}

  begin(route: string, request: FastifyRequest, reply: FastifyReply): Exchange {
    return new Exchange(request, reply, route, this.bus, this.announcer, this.serving)
  }
}
