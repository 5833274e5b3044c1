/** A box on the screen, as `getBoundingClientRect` gives it. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * Which of `candidates` an arrow key goes to from `from`: the nearest that lies in that direction, where a step aside counts
 * more than a step ahead, and not at all while the boxes face each other. -1 when there is none.
 */
export function nearest(from: Box, candidates: readonly Box[], direction: Direction): number {
  let best = -1
  let least = Infinity
  candidates.forEach((to, index) => {
    const ahead = distanceAhead(from, to, direction)
    if (ahead === null) return
    const aside = distanceAside(from, to, direction)
    const score = ahead + aside * 3 + centreAside(from, to, direction) * 0.05
    if (score < least) {
      least = score
      best = index
    }
  })
  return best
}

/** Where the focus can be: a box, and which row or grid it belongs to; null when it stands alone. */
export interface Spot {
  readonly box: Box
  readonly group: number | null
}

/**
 * Which of `spots` an arrow key goes to from `from`; -1 when there is none. A group keeps the focus until its end. Sideways the
 * focus stays in its line. Up and down it goes to the group or lone spot next in that direction, so that no row is passed by
 * because it is short, and inside the group to what is nearest. `groups` are the boxes of the groups.
 */
export function nextSpot(from: Spot, spots: readonly Spot[], groups: readonly Box[], direction: Direction): number {
  const among = (fits: (spot: Spot) => boolean) => {
    const places = spots.flatMap((spot, place) => (fits(spot) ? [place] : []))
    return (
      places[
        nearest(
          from.box,
          places.map(place => spots[place]!.box),
          direction,
        )
      ] ?? -1
    )
  }
  if (isSideways(direction)) {
    const inLine = (spot: Spot) => distanceAside(from.box, spot.box, direction) === 0
    const inGroup = from.group === null ? -1 : among(spot => spot.group === from.group && inLine(spot))
    return inGroup >= 0 ? inGroup : among(inLine)
  }
  const inGroup = from.group === null ? -1 : among(spot => spot.group === from.group)
  if (inGroup >= 0) return inGroup
  const others = spots.filter(spot => spot.group === null || spot.group !== from.group)
  const units = [...new Set(others.map(spot => spot.group ?? spot))]
  const unit =
    units[
      nearest(
        from.box,
        units.map(one => (typeof one === 'number' ? groups[one]! : one.box)),
        direction,
      )
    ]
  return unit === undefined ? -1 : among(spot => spot === unit || spot.group === unit)
}

/** How far ahead the box begins; null when it does not lie there. Boxes may overlap by a few pixels, as focus rings do. */
function distanceAhead(from: Box, to: Box, direction: Direction): number | null {
  const slack = 4
  const gap = {
    left: from.left - to.right,
    right: to.left - from.right,
    up: from.top - to.bottom,
    down: to.top - from.bottom,
  }[direction]
  return gap >= -slack ? Math.max(0, gap) : null
}

const isSideways = (direction: Direction) => direction === 'left' || direction === 'right'

const distanceAside = (from: Box, to: Box, direction: Direction): number =>
  isSideways(direction)
    ? Math.max(0, to.top - from.bottom, from.top - to.bottom)
    : Math.max(0, to.left - from.right, from.left - to.right)

const centreAside = (from: Box, to: Box, direction: Direction): number =>
  isSideways(direction)
    ? Math.abs(from.top + from.bottom - to.top - to.bottom) / 2
    : Math.abs(from.left + from.right - to.left - to.right) / 2
