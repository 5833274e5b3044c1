/** Widths of cards in rows, by shape, and the same for the `sizes` of their pictures. */
export const cardWidths = {
  poster: 'clamp(7.5rem, 4.5rem + 7vw, 11.5rem)',
  square: 'clamp(8.5rem, 5.5rem + 7vw, 12.5rem)',
  still: 'clamp(13.5rem, 8rem + 13vw, 20rem)',
} as const

export const cardSizes = {
  poster: '(min-width: 100rem) 12rem, (min-width: 48rem) 11rem, 8rem',
  square: '(min-width: 100rem) 13rem, (min-width: 48rem) 12rem, 9rem',
  still: '(min-width: 48rem) 20rem, 14rem',
} as const
