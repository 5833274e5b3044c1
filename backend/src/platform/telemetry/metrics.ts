import type { FastifyInstance } from 'fastify'
import { BlockList } from 'node:net'

const near = new BlockList()
for (const [address, bits] of [['127.0.0.0', 8], ['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['169.254.0.0', 16], ['100.64.0.0', 10]] as const)
  near.addSubnet(address, bits, 'ipv4')
near.addAddress('::1', 'ipv6')
for (const [address, bits] of [['fc00::', 7], ['fe80::', 10]] as const) near.addSubnet(address, bits, 'ipv6')

const isNear = (ip: string): boolean => {
  const v4 = ip.replace(/^::ffff:/, '')
  return near.check(v4, v4.includes(':') ? 'ipv6' : 'ipv4')
}

const forwarding = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via', 'cf-connecting-ip']

export interface Measured {
  projections(): readonly { readonly name: string; readonly position: number; readonly faulted: boolean }[]
  head(): Promise<number>
  sessions(): Promise<readonly { readonly method: string; readonly count: number }[]>
  queues(): Promise<readonly { readonly queue: string; readonly count: number }[]>
}

/** `/metrics` in Prometheus' text format, to callers on this machine and in private networks only. Costs nothing until asked for. */
export function serveMetrics(fastify: FastifyInstance, measured: Measured): void {
  let registry: Promise<{ text(): Promise<string>; type: string }> | undefined
  fastify.get('/metrics', async (request, reply) => {
    // A proxy is near and those it speaks for need not be.
    if (!isNear(request.ip) || forwarding.some(name => request.headers[name] !== undefined)) return reply.callNotFound()
    registry ??= makeRegistry(measured)
    const { text, type } = await registry
    return reply.type(type).send(await text())
  })
}

async function makeRegistry(measured: Measured): Promise<{ text(): Promise<string>; type: string }> {
  const { Registry, Gauge, collectDefaultMetrics } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'projectionist_' })
  const gauge = (name: string, help: string, labelNames: string[], collect: (set: (labels: Record<string, string>, value: number) => void) => Promise<void>): void => {
    registry.registerMetric(
      new Gauge({
        name: `projectionist_${name}`,
        help,
        labelNames,
        registers: [],
        async collect() {
          this.reset()
          await collect((labels, value) => this.set(labels, value))
        },
      }),
    )
  }
  gauge('log_position', 'Position of the last event', [], async set => set({}, await measured.head()))
  gauge('projection_position', 'How far a projection has come', ['projection'], async set => {
    for (const { name, position } of measured.projections()) set({ projection: name }, position)
  })
  gauge('projection_faulted', '1 while a projection stands still at an event it cannot take', ['projection'], async set => {
    for (const { name, faulted } of measured.projections()) set({ projection: name }, faulted ? 1 : 0)
  })
  gauge('sessions', 'Playback sessions', ['method'], async set => {
    for (const { method, count } of await measured.sessions()) set({ method }, count)
  })
  gauge('jobs', 'Jobs waiting and running', ['queue'], async set => {
    for (const { queue, count } of await measured.queues()) set({ queue }, count)
  })
  return { text: () => registry.metrics(), type: registry.contentType }
}
