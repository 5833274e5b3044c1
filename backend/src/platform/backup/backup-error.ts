/** A backup cannot be made, read or restored. The message is written for the person at the terminal and says what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}
