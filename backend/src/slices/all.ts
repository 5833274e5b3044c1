import type { Portrait } from '../platform/eventing/portrait.js'
import type { Projection } from '../platform/eventing/projection.js'
import { Credential, RefreshFamily } from './accounts/vault.entities.js'
import { userPortrait, usersProjection } from './accounts/users.projection.js'
import { itemPortrait, itemsProjection } from './catalog/items.projection.js'
import { historyProjection } from './history/history.projection.js'
import { knownFilesProjection } from './ingest/known-files.projection.js'
import { artworkOwedProjection } from './artwork/artwork-owed.projection.js'
import { scanPortrait, scansProjection } from './ingest/scans.projection.js'
import { librariesProjection, libraryPortrait } from './libraries/libraries.projection.js'
import { playbackPortrait, watchStateProjection } from './playback/watch-state.projection.js'

/** Every projection there is. */
export const projections: readonly Projection[] = [usersProjection, librariesProjection, scansProjection, knownFilesProjection, itemsProjection, artworkOwedProjection, watchStateProjection, historyProjection]

/** What a library as of a moment is made of; people and their rights are always today's. */
export const pastProjections: readonly Projection[] = [librariesProjection, itemsProjection, watchStateProjection]

/** What the streams of each category say about their subject. */
export const portraits: readonly Portrait[] = [userPortrait, libraryPortrait, scanPortrait, itemPortrait, playbackPortrait]

/** TypeORM's entities of all slices. */
export const entities: readonly (new () => object)[] = [Credential, RefreshFamily]
