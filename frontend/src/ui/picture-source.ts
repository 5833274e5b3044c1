import { imageWidths, type Picture } from '@projectionist/shared/api/items'

/** Address of a picture at the smallest width served that is at least `width`. */
export function pictureUrl(picture: Picture, width: number): string {
  const fitting = imageWidths.find(one => one >= width) ?? imageWidths[imageWidths.length - 1]!
  return `${picture.url}${picture.url.includes('?') ? '&' : '?'}w=${fitting}`
}

/** All widths served up to the picture's own, for `srcset`; widths beyond it would only be enlarged. */
export function sourceSet(picture: Picture): string {
  const enough = imageWidths.find(width => width >= picture.width) ?? Infinity
  return imageWidths
    .filter(width => width <= enough)
    .map(width => `${pictureUrl(picture, width)} ${Math.min(width, picture.width)}w`)
    .join(', ')
}

/** Whether a picture may fill a box of another shape: only where at most an eighth of it is lost. */
export const mayFill = (picture: Pick<Picture, 'width' | 'height'>, ratio: number): boolean => {
  const own = picture.width / Math.max(1, picture.height)
  return Math.min(own, ratio) / Math.max(own, ratio) > 0.875
}
