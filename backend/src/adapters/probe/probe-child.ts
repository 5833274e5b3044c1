import type { ProbeRequest } from '../../platform/media/probing.js'
import { serveTasks } from '../../platform/processes/child-pool.js'
import { probeFile } from './probe-file.js'

serveTasks((request: ProbeRequest) => probeFile(request))
