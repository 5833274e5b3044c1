import { realServerContract } from './real-server.contract.js'

realServerContract('esdb')
