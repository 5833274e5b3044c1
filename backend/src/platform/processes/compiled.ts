/**
 * Address of a module beside the one at `base`, compiled: child processes run what the build made, also when the tests run
 * from the sources.
 */
export function compiled(base: string, module: string): URL {
  const url = new URL(module, base)
  return base.endsWith('.ts') ? new URL(url.href.replace(/\/src\/(?!.*\/src\/)/, '/dist/src/')) : url
}
