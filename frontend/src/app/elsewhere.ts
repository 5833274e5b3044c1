import type { ComponentType } from 'react'

const found = import.meta.glob<{ default: ComponentType }>('../features/photos/photo-page.tsx')
export const photoPage = () => found['../features/photos/photo-page.tsx']?.() ?? Promise.resolve({ default: () => null })
