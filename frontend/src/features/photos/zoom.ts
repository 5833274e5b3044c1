/** How a picture is looked at: `scale` 1 shows all of it; `x` and `y` move its middle from the middle of the frame, in pixels. */
export interface Look {
  readonly scale: number
  readonly x: number
  readonly y: number
}
export interface Size {
  readonly width: number
  readonly height: number
}
export interface Point {
  readonly x: number
  readonly y: number
}

export const whole: Look = { scale: 1, x: 0, y: 0 }

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)

/** The size of a picture that is shown whole in a frame; small pictures are not enlarged beyond twice their pixels. */
export function fitted(picture: Size, frame: Size): Size {
  if (picture.width <= 0 || picture.height <= 0) return frame
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height, 2)
  return { width: picture.width * scale, height: picture.height * scale }
}

/** As far as it makes sense to go in: two screen pixels for each of the picture's, and at least three times the whole. */
export const mostZoom = (picture: Size, shown: Size) => Math.max(3, (2 * picture.width) / Math.max(1, shown.width))

/** Keeps the picture over the frame: it can be moved only where it is larger, and not past its edges. */
export function settle(look: Look, shown: Size, frame: Size): Look {
  const scale = Math.max(1, look.scale)
  const roomX = Math.max(0, (shown.width * scale - frame.width) / 2)
  const roomY = Math.max(0, (shown.height * scale - frame.height) / 2)
  // Adding zero turns -0 into 0.
  return { scale, x: clamp(look.x, -roomX, roomX) + 0, y: clamp(look.y, -roomY, roomY) + 0 }
}

/** Zooms by `factor` so that what is under `point`, from the middle of the frame, stays there. */
export function zoomAt(look: Look, factor: number, point: Point, most: number): Look {
  const scale = clamp(look.scale * factor, 1, most)
  const by = scale / look.scale
  return { scale, x: point.x - (point.x - look.x) * by, y: point.y - (point.y - look.y) * by }
}

export const moved = (look: Look, by: Point): Look => ({ ...look, x: look.x + by.x, y: look.y + by.y })

/** What letting go of a picture that was dragged sideways or down does. Speed is in pixels per ms. */
export function swipeOutcome(dragged: Point, speed: Point, frame: Size): 'next' | 'previous' | 'close' | 'stay' {
  const sideways = Math.abs(dragged.x) >= Math.abs(dragged.y)
  if (sideways) {
    const far = Math.abs(dragged.x) > frame.width * 0.3
    const flung = Math.abs(speed.x) > 0.4 && Math.sign(speed.x) === Math.sign(dragged.x)
    return far || flung ? (dragged.x < 0 ? 'next' : 'previous') : 'stay'
  }
  return dragged.y > frame.height * 0.2 || (dragged.y > 0 && speed.y > 0.6) ? 'close' : 'stay'
}
