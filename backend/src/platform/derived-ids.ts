import { PROJECTIONIST, uuidv5 } from './ids.js'

/** The scan that a new library owes; whoever starts it and whoever waits for it agree on the id without asking. */
export const firstScanOf = (libraryId: string): string => uuidv5(PROJECTIONIST, `first scan of ${libraryId}`)
