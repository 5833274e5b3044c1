import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The child ended in the middle of its task: `crashed` by itself, `too-slow` by our hand. */
export class ChildLost extends Error {
  override readonly name = 'ChildLost'
  constructor(readonly code: 'crashed' | 'too-slow') {
    super(code === 'crashed' ? 'The process that worked on it ended' : 'It took too long')
  }
}
/** The task itself failed; the child is well. `code` is what the child gave it. */
export class TaskFailed extends Error {
  override readonly name = 'TaskFailed'
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message)
  }
}

export interface ChildPoolOptions {
  /** A compiled module that calls `serveTasks`. */
  readonly entry: URL
  readonly size: number
  /** Of one task; the child is killed then, and replaced. */
  readonly timeoutMs: number
  /** A child with nothing to do ends after this, so that an idle server is small. */
  readonly idleMs?: number
  /** A child is replaced after so many tasks, so that what native code leaks does not add up. */
  readonly tasksPerChild?: number
}

interface Waiting {
  readonly task: unknown
  readonly signal: AbortSignal | undefined
  resolve(answer: unknown): void
  reject(error: unknown): void
}
interface Child {
  readonly process: ChildProcess
  tasks: number
  busy: { readonly waiting: Waiting; readonly timer: NodeJS.Timeout } | undefined
  idle: NodeJS.Timeout | undefined
}

export interface ChildPool<Task, Answer> {
  /** Answers of the child; rejects with `ChildLost`, `TaskFailed`, or the signal's reason. Tasks start in the order given. */
  run(task: Task, signal?: AbortSignal): Promise<Answer>
  /** How many children are alive. */
  readonly children: number
  close(): Promise<void>
}

/**
 * Children that each work on one task at a time, started when needed. Whatever happens to a child happens to its task
 * alone; the next task gets a new one. Messages are structured clones.
 */
export function childPool<Task, Answer>(options: ChildPoolOptions): ChildPool<Task, Answer> {
  const { entry, size, timeoutMs, idleMs = 30_000, tasksPerChild = 20_000 } = options
  const children = new Set<Child>()
  const queue: Waiting[] = []
  let closed = false

  function start(): Child {
    const process = fork(fileURLToPath(entry), { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: ['--max-old-space-size=512'] })
    const child: Child = { process, tasks: 0, busy: undefined, idle: undefined }
    children.add(child)
    process.on('message', message => answered(child, message as { answer?: unknown; failure?: { message: string; code: string } }))
    process.on('error', () => gone(child))
    process.on('exit', () => gone(child))
    // A parent that wants to end is not held back by children who wait.
    process.unref()
    process.channel?.unref()
    return child
  }

  function release(child: Child): Waiting | undefined {
    const waiting = child.busy?.waiting
    clearTimeout(child.busy?.timer)
    child.busy = undefined
    child.process.channel?.unref()
    return waiting
  }

  function answered(child: Child, { answer, failure }: { answer?: unknown; failure?: { message: string; code: string } }): void {
    const waiting = release(child)
    child.tasks++
    if (failure) waiting?.reject(new TaskFailed(failure.message, failure.code))
    else waiting?.resolve(answer)
    next()
  }

  function gone(child: Child): void {
    if (!children.delete(child)) return
    clearTimeout(child.idle)
    release(child)?.reject(new ChildLost('crashed'))
    next()
  }

  function end(child: Child): void {
    children.delete(child)
    clearTimeout(child.idle)
    child.process.kill('SIGKILL')
  }

  function give(child: Child, waiting: Waiting): void {
    clearTimeout(child.idle)
    child.process.channel?.ref()
    const timer = setTimeout(() => {
      end(child)
      release(child)?.reject(new ChildLost('too-slow'))
      next()
    }, timeoutMs)
    child.busy = { waiting, timer }
    child.process.send(waiting.task as object, error => {
      if (!error || !child.busy) return
      end(child)
      release(child)?.reject(new ChildLost('crashed'))
      next()
    })
  }

  function next(): void {
    if (closed) return
    for (const child of [...children]) {
      if (child.busy) continue
      if (child.tasks >= tasksPerChild) end(child)
      else rest(child)
    }
    while (queue.length > 0) {
      const idle = [...children].find(child => !child.busy)
      if (!idle && children.size >= size) return
      const waiting = queue.shift()!
      if (waiting.signal?.aborted) waiting.reject(waiting.signal.reason)
      else give(idle ?? start(), waiting)
    }
  }

  function rest(child: Child): void {
    clearTimeout(child.idle)
    child.idle = setTimeout(() => end(child), idleMs)
    child.idle.unref()
  }

  return {
    get children() {
      return children.size
    },
    run: (task, signal) =>
      new Promise<Answer>((resolve, reject) => {
        if (closed) return reject(new ChildLost('crashed'))
        if (signal?.aborted) return reject(signal.reason)
        const settled = <A extends unknown[]>(settle: (...args: A) => void) => (...args: A): void => {
          signal?.removeEventListener('abort', abort)
          settle(...args)
        }
        const waiting: Waiting = { task, signal, resolve: settled(resolve as (answer: unknown) => void), reject: settled(reject) }
        const abort = (): void => {
          const at = queue.indexOf(waiting)
          if (at >= 0) queue.splice(at, 1)
          // A child at work finishes on its own; nobody waits for it any more.
          waiting.reject(signal!.reason)
        }
        signal?.addEventListener('abort', abort, { once: true })
        queue.push(waiting)
        next()
      }),
    close: async () => {
      closed = true
      for (const waiting of queue.splice(0)) waiting.reject(new ChildLost('crashed'))
      await Promise.all(
        [...children].map(child => {
          const ended = new Promise(resolve => child.process.once('exit', resolve))
          const waiting = release(child)
          child.process.ref()
          end(child)
          waiting?.reject(new ChildLost('crashed'))
          return ended
        }),
      )
    },
  }
}

/** The child's side: answers each task with what `work` gives, or with its failure and the failure's `code`. */
export function serveTasks<Task>(work: (task: Task) => Promise<unknown>): void {
  process.on('message', (task: Task) => {
    work(task).then(
      answer => process.send?.({ answer }),
      (error: unknown) => process.send?.({ failure: { message: error instanceof Error ? error.message : String(error), code: (error as { code?: string }).code ?? 'failed' } }),
    )
  })
  process.on('disconnect', () => process.exit(0))
  // Ctrl-C reaches the whole group of processes; the parent decides when its children end.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => undefined)
}
