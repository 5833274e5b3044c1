/** The keys of the photo viewer, as the help shows them. */
export const viewerKeyHelp: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['←', '→'], does: 'Photo before or after' },
  { keys: ['+', '−'], does: 'Closer or further away' },
  { keys: ['0'], does: 'The whole photo' },
  { keys: ['I'], does: 'About this photo' },
  { keys: ['S'], does: 'Slide show' },
  { keys: ['F'], does: 'Full screen' },
  { keys: ['Esc'], does: 'Close' },
]
