import { noticeLoss } from './processes.mjs'

/** For `node --import`: ends the program in order when who started it has died. */
noticeLoss(() => process.kill(process.pid, 'SIGTERM'))
