/** Where the embedded servers say what happens to them; pino's loggers fit. */
export interface Log {
  info(message: string): void
  warn(message: string): void
}

/** A server that belongs to this program. It is started again if it dies, and dies with the program. */
export interface EmbeddedServer {
  /** Stays valid across restarts of the server. */
  readonly url: string
  /** Stops the server in order and frees its folder. Resolves when its processes are gone; a second call waits for the first. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** PROJECTIONIST_HOME, absolute. Made when missing. */
  readonly home: string
  readonly log: Log
  /** Server settings that differ from ours, by their own names. */
  readonly settings?: Readonly<Record<string, string>>
}

/** An embedded server could not be started. The message is written for the person at the terminal and says what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

/** The cause of a failed file operation in words that help; anything unknown stays as it is. */
export function explained(error: unknown, path: string): Error {
  const code = (error as NodeJS.ErrnoException).code
  const because =
    code === 'EACCES' || code === 'EPERM'
      ? `no permission to write to ${path}: make it yours, or choose another folder by PROJECTIONIST_HOME`
      : code === 'ENOSPC' || code === 'EDQUOT'
        ? `the disk that holds ${path} is full: free some space and start again`
        : code === 'EROFS'
          ? `${path} is on a disk that is mounted read-only: choose another folder by PROJECTIONIST_HOME`
          : code === 'ENOTDIR' || code === 'EEXIST'
            ? `a file is in the way of the folder ${path}: move it, or choose another folder by PROJECTIONIST_HOME`
            : undefined
  return because ? new CannotStart(`Cannot start: ${because}.`, { cause: error }) : (error as Error)
}
