import type { LibraryAccess } from '@projectionist/shared/events/user'
import { useQuery } from '@tanstack/react-query'
import { librariesQuery } from '../../lib/queries.js'
import { Switch } from '../../ui/switch.js'

/** Which libraries a person may see: all, also those to come, or those named. */
export function LibraryChoice({ value, onChange }: { value: LibraryAccess; onChange: (value: LibraryAccess) => void }) {
  const libraries = useQuery(librariesQuery).data ?? []
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1 text-small font-medium text-ink-1">Libraries they see</legend>
      <Switch
        label="All libraries"
        detail="Also those added later"
        checked={value === 'all'}
        onChange={all => onChange(all ? 'all' : libraries.map(library => library.id))}
      />
      {value !== 'all' &&
        libraries.map(library => (
          <Switch
            key={library.id}
            label={library.name}
            checked={value.includes(library.id)}
            onChange={on => onChange(on ? [...value, library.id] : value.filter(id => id !== library.id))}
          />
        ))}
    </fieldset>
  )
}
