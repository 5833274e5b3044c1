import { Agent, request } from 'node:http'
import { count, ms, percentile } from './table.js'

export interface Answered {
  /** p50 and p99 in ms, and requests a second. */
  readonly columns: readonly [p50: string, p99: string, perSecond: string]
  /** Sum over all answers of what `size` says of one. */
  readonly total: number
}

/** Asks for all paths of a program, `clients` at a time over connections that are kept. Rejects when one is not answered with 200. */
export async function askAll(agent: Agent, program: { url: string; token: string }, paths: readonly string[], clients: number, size: (answer: unknown) => number = () => 1): Promise<Answered> {
  const left = [...paths]
  const times: number[] = []
  let total = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const before = performance.now()
        const answer = await get(agent, program.url, program.token, next)
        times.push(performance.now() - before)
        total += size(answer)
      }
    }),
  )
  const perSecond = (times.length / (performance.now() - started)) * 1000
  return { columns: [ms(percentile(times, 0.5)), ms(percentile(times, 0.99)), count(perSecond)], total }
}

export function get(agent: Agent, url: string, token: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request(url + path, { agent, headers: { authorization: `Bearer ${token}` } }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (response.statusCode === 200) resolve(JSON.parse(text))
        else reject(new Error(`${path}: ${response.statusCode} ${text}`))
      })
    }).on('error', reject).end()
  })
}
