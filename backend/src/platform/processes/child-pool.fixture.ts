import { serveTasks } from './child-pool.js'

/** What the child of the pool's tests can be told to do. */
export type Trial = { readonly do: 'echo'; readonly text: string } | { readonly do: 'pid' } | { readonly do: 'crash' } | { readonly do: 'hang' } | { readonly do: 'fail' }

if (process.send) {
  serveTasks(async (trial: Trial) => {
    switch (trial.do) {
      case 'echo':
        return trial.text
      case 'pid':
        return process.pid
      case 'crash':
        return process.kill(process.pid, 'SIGSEGV')
      case 'hang':
        for (;;);
      case 'fail':
        throw Object.assign(new Error('no'), { code: 'said-no' })
    }
  })
}
