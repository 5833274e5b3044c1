import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { run } from './run.js'

await run(process.env, () => `node-${randomBytes(4).toString('hex')}`)
