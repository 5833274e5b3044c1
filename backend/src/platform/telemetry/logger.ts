import pino from 'pino'

/** The program's log: one JSON object a line, in words for people on a terminal. Never holds a secret. */
export abstract class Logger {
  abstract error(context: object, message: string): void
  abstract warn(context: object, message: string): void
  abstract info(context: object, message: string): void
  abstract debug(context: object, message: string): void
}

const secrets = ['password', 'accessToken', 'refreshToken', 'code', 'req.headers.authorization', 'req.headers.cookie', '*.password', '*.accessToken', '*.refreshToken']

export function makeLogger(level: string, destination?: pino.DestinationStream): pino.Logger {
  const options: pino.LoggerOptions = { level, redact: secrets, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return destination ? pino(options, destination) : pino(options)
}
