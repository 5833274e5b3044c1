import { sep } from 'node:path'

/** Whether one folder is the other or lies inside it. */
export function overlap(a: string, b: string): boolean {
  const [inner, outer] = [`${a}${a.endsWith(sep) ? '' : sep}`, `${b}${b.endsWith(sep) ? '' : sep}`]
  return inner.startsWith(outer) || outer.startsWith(inner)
}
