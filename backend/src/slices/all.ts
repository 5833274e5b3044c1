import { anyDecider, type AnyDecider } from '../platform/eventing/decider.js'
import type { Portrait } from '../platform/eventing/portrait.js'
import type { Projection } from '../platform/eventing/projection.js'
import { Credential, RefreshFamily } from './accounts/vault.entities.js'
import { erasure } from './accounts/erasure.js'
import { erasuresProjection } from './accounts/erasures.projection.js'
import { user } from './accounts/user.js'
import { userPortrait, usersProjection } from './accounts/users.projection.js'
import { itemPortrait, itemsProjection } from './catalog/items.projection.js'
import { editing } from './editing/edit.js'
import { exported } from './history/exported.js'
import { historyProjection } from './history/history.projection.js'
import { item } from './ingest/item.js'
import { knownFilesProjection } from './ingest/known-files.projection.js'
import { artwork } from './artwork/choose-artwork.js'
import { artworkOwedProjection } from './artwork/artwork-owed.projection.js'
import { libraryFolders } from './ingest/library-folders.js'
import { scan } from './ingest/scan.js'
import { scanPortrait, scansProjection } from './ingest/scans.projection.js'
import { library } from './libraries/library.js'
import { librariesProjection, libraryPortrait } from './libraries/libraries.projection.js'
import { playback } from './playback/playback.js'
import { playbackPortrait, watchStateProjection } from './playback/watch-state.projection.js'
import { personStreamsProjection } from './personal-data/person-streams.projection.js'
import { readModelWishes } from './projections/asking.js'
import { stopping } from './transcoding/stopping.js'
import { transcode } from './transcoding/transcode.js'
import { undo } from './undo/undo.js'
import { undoPortrait, undosProjection } from './undo/undos.projection.js'

/** Every projection there is. */
export const projections: readonly Projection[] = [usersProjection, librariesProjection, scansProjection, knownFilesProjection, itemsProjection, artworkOwedProjection, watchStateProjection, historyProjection, undosProjection, personStreamsProjection, erasuresProjection]

/** Without these there is no library to show, and nobody to show it to. */
export const coreProjections: readonly Projection[] = [usersProjection, librariesProjection, scansProjection, knownFilesProjection, itemsProjection, watchStateProjection]

/** What a library as of a moment is made of; people and their rights are always today's. */
export const pastProjections: readonly Projection[] = [librariesProjection, itemsProjection, watchStateProjection]

/** What the streams of each category say about their subject. */
export const portraits: readonly Portrait[] = [userPortrait, libraryPortrait, scanPortrait, itemPortrait, playbackPortrait, undoPortrait]

/** The rules of every kind of stream; some streams have several deciders. */
export const deciders: readonly AnyDecider[] = [
  anyDecider(user), anyDecider(erasure), anyDecider(library), anyDecider(libraryFolders), anyDecider(item), anyDecider(editing), anyDecider(artwork), anyDecider(scan),
  anyDecider(playback), anyDecider(stopping), anyDecider(transcode), anyDecider(undo), anyDecider(readModelWishes), anyDecider(exported),
]

/** TypeORM's entities of all slices. */
export const entities: readonly (new () => object)[] = [Credential, RefreshFamily]
