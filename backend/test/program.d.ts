export interface Program {
  readonly pid: number
  readonly urls: readonly string[]
  readonly mistakes: readonly string[]
  /** Settles with exit code and signal. */
  readonly ended: Promise<readonly unknown[]>
}
/** Runs `embedded-program.ts` as a process group of its own, as another user if asked; resolves when it has said how it goes. */
export declare function runProgram(home: string, uid?: number): Promise<Program>
//# sourceMappingURL=program.d.ts.map
