#!/usr/bin/env node
import { become } from '../../infra/bootstrap/processes.mjs'
import { environment, inRoot, programNode, script } from '../../infra/bootstrap/workspace.mjs'

/** `npx projectionist <command>`: the operator's commands, run by the Node that the program needs. */
await script(args => become(programNode(), ['--enable-source-maps', inRoot('backend/dist/src/cli/main.js'), ...args], environment()))
