import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { imageWidths } from '@projectionist/shared/api/items'
import type { Artwork } from '@projectionist/shared/events/media'
import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../platform/eventing/decider.js'
import type { ImageLinks } from '../../platform/image-links.js'
import { NoPicture, type Pictures } from '../../platform/media/pictures.js'
import type { Sql } from '../../platform/sql/sql.js'

const YEAR_S = 365 * 24 * 3600
const WIDEST_BY_DEFAULT = 1920

/** `GET /api/images/:token?w=`: a picture that its address entitles to, in a width of `imageWidths`; cached for good by browsers. */
export function serveImages(fastify: FastifyInstance, sql: Sql, links: ImageLinks, pictures: Pictures, problem: (error: unknown) => { status: number }): void {
  fastify.get<{ Params: { token: string }; Querystring: { w?: string } }>('/api/images/:token', async (request, reply) => {
    try {
      const name = links.open(request.params.token)
      const width = widthOf(request.query.w)
      if (!name || !width) throw new DomainError('not-found')
      // The picture's own hash is in its address: what it shows can never change.
      const etag = `"${name.contentHash}-${width}"`
      void reply.header('cache-control', `private, max-age=${YEAR_S}, immutable`).header('etag', etag)
      if (request.headers['if-none-match'] === etag) return await reply.status(304).send()
      const [row] = await sql.query<{ artwork: Artwork | null; root: string | null }>(
        `select i.pictures -> $2 as artwork, r.path as root from read.items i
         left join read.library_roots r on r.id::text = i.pictures #>> array[$2, 'source', 'location', 'rootId'] where i.id = $1`,
        [name.itemId, name.role],
        'artwork_of',
      )
      const current = row?.artwork && row.root !== null && row.artwork.contentHash === name.contentHash
      // An item as it was may have had another picture; nobody can say any more where that came from.
      const picture = current ? await pictures.render(row.artwork!.source, row.root!, name.contentHash, width) : await pictures.kept(name.contentHash, width)
      if (!picture) throw new DomainError('not-found')
      const { path, type } = picture
      const { size } = await stat(path)
      return await reply.type(type).header('content-length', size).send(createReadStream(path))
    } catch (error) {
      const found = problem(error instanceof NoPicture ? new DomainError('file-unavailable', error.message) : error)
      return reply.removeHeader('etag').header('cache-control', 'no-store').status(found.status).type('application/problem+json').send(found)
    }
  })
}

function widthOf(given: string | undefined): number | undefined {
  if (given === undefined) return WIDEST_BY_DEFAULT
  return imageWidths.find(width => String(width) === given)
}
