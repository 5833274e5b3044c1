import { defineConfig } from 'vitest/config'

/** Contracts are read from their sources, and Nest's decorators keep their metadata. */
const sources = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
}
const everywhere = ['src/**', 'bench/**', 'simulators/**', 'test/**']
const files = (suffix: string): string[] => everywhere.map(folder => `${folder}/*${suffix}`)

export default defineConfig({
  ...sources,
  test: {
    projects: [
      // Whatever else the machine does meanwhile: a limit is for what hangs.
      { ...sources, test: { name: 'unit', include: files('.spec.ts'), exclude: files('.int.spec.ts'), testTimeout: 60_000 } },
      {
        ...sources,
        test: {
          name: 'int',
          include: files('.int.spec.ts'),
          globalSetup: 'test/servers.setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
