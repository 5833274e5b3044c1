/** The same in another order, each order as likely (Fisher and Yates). `random` gives 0 to below 1. */
export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const mixed = [...values]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!]
  }
  return mixed
}
