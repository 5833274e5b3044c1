import type { ItemSummary } from '@projectionist/shared/api/items'
import { useQuery } from '@tanstack/react-query'
import { Aperture, CalendarDays, File, Image, MapPin, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { itemQuery } from '../../lib/queries.js'
import { bytes } from '../../lib/words.js'
import { IconButton } from '../../ui/button.js'
import { coordinates, megapixels, takenWords } from './photo-words.js'

/** What is known of a photo: when, with what, how large, where. */
export function InfoPanel({ item, onClose }: { item: ItemSummary; onClose: () => void }) {
  const { data } = useQuery(itemQuery(item.id))
  const file = data?.files[0]
  const place = data?.place
  return (
    <aside
      aria-label="About this photo"
      className="glass absolute inset-x-0 bottom-0 z-20 max-h-[60dvh] overflow-y-auto rounded-t-l pb-[env(safe-area-inset-bottom)] text-small text-ink-1 ring-1 ring-line appear md:inset-y-0 md:right-0 md:left-auto md:max-h-none md:w-88 md:rounded-none"
    >
      <div className="flex items-center justify-between py-4 pr-4 pl-6">
        <h2 className="text-title font-semibold tracking-tight">About</h2>
        <IconButton label="Close" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <dl className="flex flex-col gap-5 px-6 pb-6">
        {item.takenAt && (
          <Fact icon={<CalendarDays />} name="Taken">
            {takenWords(item.takenAt)}
          </Fact>
        )}
        {data?.camera && (
          <Fact icon={<Aperture />} name="Camera">
            {data.camera}
          </Fact>
        )}
        {item.width !== null && item.height !== null && (
          <Fact icon={<Image />} name="Size">
            <span className="figures">
              {item.width} × {item.height}, {megapixels(item.width, item.height)}
              {file && `, ${bytes(file.sizeBytes)}`}
            </span>
          </Fact>
        )}
        {place && (
          <Fact icon={<MapPin />} name="Place">
            <span className="figures">{coordinates(place)}</span>
            <a
              href={`https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}#map=14/${place.latitude}/${place.longitude}`}
              target="_blank"
              rel="noreferrer"
              className="mt-1 block w-fit rounded-s text-accent-ink underline-offset-2 hover:underline"
            >
              Show on OpenStreetMap
            </a>
          </Fact>
        )}
        {file && (
          <Fact icon={<File />} name="File">
            <span className="break-all">{file.path}</span>
          </Fact>
        )}
      </dl>
    </aside>
  )
}

const Fact = ({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) => (
  <div className="flex gap-4 [&>svg]:mt-0.5 [&>svg]:size-5 [&>svg]:shrink-0 [&>svg]:text-ink-3">
    {icon}
    <div className="min-w-0">
      <dt className="text-caption text-ink-3">{name}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  </div>
)
