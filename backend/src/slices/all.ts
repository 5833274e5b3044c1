import type { Projection } from '../platform/eventing/projection.js'
import { Credential, RefreshFamily } from './accounts/vault.entities.js'
import { erasuresProjection } from './accounts/erasures.projection.js'
import { usersProjection } from './accounts/users.projection.js'
import { itemsProjection } from './catalog/items.projection.js'
import { historyProjection } from './history/history.projection.js'
import { knownFilesProjection } from './ingest/known-files.projection.js'
import { artworkOwedProjection } from './artwork/artwork-owed.projection.js'
import { scansProjection } from './ingest/scans.projection.js'
import { librariesProjection } from './libraries/libraries.projection.js'
import { personStreamsProjection } from './personal-data/person-streams.projection.js'
import { watchStateProjection } from './playback/watch-state.projection.js'

/** Every projection there is. */
export const projections: readonly Projection[] = [usersProjection, librariesProjection, scansProjection, knownFilesProjection, itemsProjection, artworkOwedProjection, watchStateProjection, historyProjection, personStreamsProjection, erasuresProjection]

/** TypeORM's entities of all slices. */
export const entities: readonly (new () => object)[] = [Credential, RefreshFamily]
