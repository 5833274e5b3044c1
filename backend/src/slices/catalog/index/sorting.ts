type Compare = (a: number, b: number) => number

const fewForRadix = 1024

/** Sorts the part in place by insertion or V8's merge sort, whichever its length asks for. */
function sortByComparing(ordinals: Int32Array, from: number, to: number, compare: Compare): void {
  if (to - from > 12) return void ordinals.subarray(from, to).sort(compare)
  for (let i = from + 1; i < to; i++) {
    const moving = ordinals[i]!
    let at = i
    while (at > from && compare(ordinals[at - 1]!, moving) > 0) ordinals[at] = ordinals[--at]!
    ordinals[at] = moving
  }
}

/** Stable pass of a least-significant-digit radix sort: `from` into `to` by a digit of 16 bits. */
function distribute(from: Int32Array, to: Int32Array, digits: ArrayLike<number>, shift: number, counts: Uint32Array): boolean {
  counts.fill(0)
  for (let i = 0; i < from.length; i++) counts[(digits[from[i]!]! >>> shift) & 0xffff]!++
  if (from.length > 0 && counts[(digits[from[0]!]! >>> shift) & 0xffff] === from.length) return false
  let place = 0
  for (let digit = 0; digit < 65536; digit++) {
    const count = counts[digit]!
    counts[digit] = place
    place += count
  }
  for (let i = 0; i < from.length; i++) to[counts[(digits[from[i]!]! >>> shift) & 0xffff]!++] = from[i]!
  return true
}

/** Sorts stably by a number of up to 53 bits and any sign, in as many passes over the whole as the numbers need. Uses up `ordinals`. */
export function* sortByNumber(
  ordinals: Int32Array,
  end: number,
  numberOf: (ordinal: number) => number,
): Generator<void, Int32Array> {
  if (ordinals.length < fewForRadix) return ordinals.sort((a, b) => numberOf(a) - numberOf(b))
  const [low, high] = [new Uint32Array(end), new Uint32Array(end)]
  for (const ordinal of ordinals) {
    const value = numberOf(ordinal)
    const above = Math.floor(value / 4294967296)
    low[ordinal] = value - above * 4294967296
    high[ordinal] = above + 0x80000000
  }
  const counts = new Uint32Array(65536)
  let [sorted, spare]: [Int32Array, Int32Array] = [ordinals, new Int32Array(ordinals.length)]
  for (const [digits, shift] of [
    [low, 0],
    [low, 16],
    [high, 0],
    [high, 16],
  ] as const) {
    yield
    if (distribute(sorted, spare, digits, shift, counts)) [sorted, spare] = [spare, sorted]
  }
  return sorted
}

/**
 * Sorts ordinals by texts that are read in blocks of 48 bits, most significant first: `blockOf(ordinal, depth)`. No two texts
 * may be equal to their end. Large groups go by radix, small ones by `compare`, which has to agree with the blocks. Several
 * times as fast as comparing alone, and it yields every few milliseconds.
 */
export function* sortByBlocks(
  ordinals: Int32Array,
  blockOf: (ordinal: number, depth: number) => number,
  compare: Compare,
): Generator<void> {
  const groups: [from: number, to: number, depth: number][] = [[0, ordinals.length, 0]]
  const counts = new Uint32Array(65536)
  let compared = 0
  for (let group = groups.pop(); group; group = groups.pop()) {
    const [from, to, depth] = group
    if (to - from < fewForRadix) {
      sortByComparing(ordinals, from, to, compare)
      continue
    }
    const members = ordinals.slice(from, to)
    const [low, high] = [new Uint32Array(members.length), new Uint16Array(members.length)]
    for (let i = 0; i < members.length; i++) {
      const block = blockOf(members[i]!, depth)
      high[i] = Math.floor(block / 4294967296)
      low[i] = block - high[i]! * 4294967296
    }
    let [sorted, spare]: [Int32Array, Int32Array] = [Int32Array.from(low.keys()), new Int32Array(members.length)]
    for (const [digits, shift] of [
      [low, 0],
      [low, 16],
      [high, 0],
    ] as const) {
      yield
      if (distribute(sorted, spare, digits, shift, counts)) [sorted, spare] = [spare, sorted]
    }
    for (let i = 0; i < sorted.length; i++) ordinals[from + i] = members[sorted[i]!]!
    for (let start = 0, end = 1; start < sorted.length; start = end++) {
      const first = sorted[start]!
      while (end < sorted.length && low[sorted[end]!] === low[first] && high[sorted[end]!] === high[first]) end++
      if (end - start >= fewForRadix) groups.push([from + start, from + end, depth + 1])
      else if (end - start > 1) {
        sortByComparing(ordinals, from + start, from + end, compare)
        if ((compared += end - start) > 10_000) yield void (compared = 0)
      }
    }
  }
}

/** Runs a sort that yields to its end at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** First place from `from` on whose ordinal is not before: `beforeIt` holds for a first part of the list, then no more. */
export function firstNot(list: Int32Array, from: number, to: number, beforeIt: (ordinal: number) => boolean): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (beforeIt(list[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}

/** Merges sorted `additions` into the sorted first `length` of `list`, which has room for both; runs in between move in one piece. */
export function mergeInto(list: Int32Array, length: number, additions: Int32Array, compare: Compare): void {
  const places = new Uint32Array(additions.length)
  let from = 0
  for (let i = 0; i < additions.length; i++) {
    from = firstNot(list, from, length, ordinal => compare(ordinal, additions[i]!) < 0)
    places[i] = from
  }
  let end = length
  for (let i = additions.length - 1; i >= 0; i--) {
    list.copyWithin(places[i]! + i + 1, places[i]!, end)
    list[places[i]! + i] = additions[i]!
    end = places[i]!
  }
}
