import type { Library } from '@projectionist/shared/api/libraries'
export default function PhotoTimeline(_: { library: Library }) {
  return null
}
