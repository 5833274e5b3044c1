import { randomUUID } from 'node:crypto'
import type { Connection } from './connection.js'
import { actualRevision, isStreamMissing } from './failures.js'
import { IDENTITY_STREAM } from './own-streams.js'

/** The log's own name, made by whoever asks first: the stream takes one event, and rivals read the winner's. */
export async function identityOf(connection: Connection): Promise<string> {
  const there = await read(connection)
  if (there) return there
  const event = {
    contentType: 'application/json' as const,
    id: randomUUID(),
    type: 'LogIdentified',
    data: { id: randomUUID() },
    metadata: {},
  }
  await connection
    .ask(client =>
      client.appendToStream(IDENTITY_STREAM, [event], {
        expectedRevision: 'no_stream',
        streamState: 'no_stream',
        requiresLeader: true,
      }),
    )
    .catch((error: unknown) => {
      if (actualRevision(error) === undefined) throw error
    })
  return (await read(connection))!
}

async function read(connection: Connection): Promise<string | undefined> {
  const events = await connection
    .gather(client =>
      client.readStream(IDENTITY_STREAM, { direction: 'forwards', fromRevision: 'start', maxCount: 1, requiresLeader: true }),
    )
    .catch((error: unknown) => {
      if (isStreamMissing(error)) return []
      throw error
    })
  return (events[0]?.event?.data as { id: string } | undefined)?.id
}
