/** Kinds of events worth looking for, by the name a person would give them. */
export const kindNames: readonly (readonly [type: string, label: string])[] = [
  ['PlaybackCompleted', 'Played to the end'],
  ['PlaybackStarted', 'Began to play'],
  ['ItemRated', 'Ratings'],
  ['MarkedWatched', 'Marked as watched'],
  ['MediaIngested', 'Taken in'],
  ['MediaFileMoved', 'Files moved'],
  ['MediaFileRemoved', 'Files gone'],
  ['MetadataMatched', 'Descriptions found'],
  ['MetadataEdited', 'Edits'],
  ['ArtworkChosen', 'Pictures'],
  ['ScanCompleted', 'Scans'],
  ['LibraryAdded', 'Libraries added'],
  ['LibraryRemoved', 'Libraries removed'],
  ['SignedIn', 'Sign-ins'],
]
