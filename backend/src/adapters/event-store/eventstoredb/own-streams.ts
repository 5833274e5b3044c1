/** Streams that the adapter keeps for itself; no reader ever sees them. No category of ours has a dot. */
const OWN = 'projectionist.'

export const IDENTITY_STREAM = `${OWN}identity`
export const DELETIONS_STREAM = `${OWN}deletions`

/** Whether a stream is the adapter's or the server's own. */
export const isReserved = (streamId: string): boolean => streamId.startsWith(OWN) || streamId.startsWith('$')
