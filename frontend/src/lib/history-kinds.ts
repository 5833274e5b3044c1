/** What people look for in the history, by the name they would give it. */
export const historyKinds: readonly {
  readonly id: string
  readonly label: string
  readonly types: readonly string[]
  readonly adminOnly?: boolean
}[] = [
  { id: 'plays', label: 'Plays', types: ['PlaybackStarted', 'PlaybackCompleted', 'PlayStopped'] },
  { id: 'marks', label: 'Watched and unwatched', types: ['MarkedWatched', 'MarkedUnwatched'] },
  { id: 'ratings', label: 'Ratings', types: ['ItemRated'] },
  { id: 'conversions', label: 'Conversions', types: ['TranscodeStarted', 'TranscodeEnded', 'TranscodeFailed'] },
  { id: 'added', label: 'Taken in', types: ['MediaIngested', 'GroupIdentified'], adminOnly: true },
  { id: 'moved', label: 'Files moved', types: ['MediaFileMoved'], adminOnly: true },
  { id: 'gone', label: 'Files gone', types: ['MediaFileRemoved'], adminOnly: true },
  { id: 'descriptions', label: 'Descriptions found', types: ['MetadataMatched'], adminOnly: true },
  { id: 'edits', label: 'Edits', types: ['MetadataEdited'], adminOnly: true },
  { id: 'pictures', label: 'Pictures', types: ['ArtworkChosen', 'ArtworkNotFound'], adminOnly: true },
  {
    id: 'scans',
    label: 'Scans',
    types: ['ScanStarted', 'ScanPaused', 'ScanResumed', 'ScanCancelled', 'ScanCompleted', 'ScanFailed', 'ScanProblemsFound'],
    adminOnly: true,
  },
  {
    id: 'libraries',
    label: 'Libraries and folders',
    types: [
      'LibraryAdded',
      'LibraryRenamed',
      'LibraryRemoved',
      'LibraryFolderAdded',
      'LibraryFolderRemoved',
      'LibraryFolderLost',
      'LibraryFolderRecovered',
    ],
    adminOnly: true,
  },
  {
    id: 'people',
    label: 'People and rights',
    types: [
      'UserAdded',
      'UserRenamed',
      'UserRoleChanged',
      'LibraryAccessChanged',
      'PasswordChanged',
      'UserDisabled',
      'UserEnabled',
      'UserErased',
      'ErasureCompleted',
    ],
  },
  { id: 'sign-ins', label: 'Sign-ins', types: ['SignedIn', 'SignInsRefused', 'SignedOut', 'SessionTheftSuspected'] },
  { id: 'exports', label: 'Exports of the history', types: ['HistoryExported'] },
  { id: 'rebuilds', label: 'Read models', types: ['RebuildRequested', 'ResumeRequested'], adminOnly: true },
]

/** The kinds of events that these names stand for. */
export const typesOf = (ids: readonly string[]): string[] =>
  historyKinds.filter(({ id }) => ids.includes(id)).flatMap(({ types }) => types)
