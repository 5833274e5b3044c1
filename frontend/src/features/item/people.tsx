import type { Item } from '@projectionist/shared/api/items'
import { Link } from 'react-router'
import { libraryPath } from '../../lib/paths.js'
import { capital } from '../../lib/words.js'
import { Text } from '../../ui/text.js'

/** Who made it and who is in it; each name leads to what else they are part of. */
export function People({ item }: { item: Item }) {
  if (item.people.length === 0) return null
  return (
    <section>
      <Text as="h2" size="title" className="mb-3">
        People
      </Text>
      <ul className="grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-4" data-arrows>
        {item.people.map((person, index) => (
          <li key={`${person.name}-${person.role}-${index}`}>
            <Link
              to={libraryPath(item.libraryId, { person: person.name })}
              className="-mx-2 flex items-center gap-3 rounded-m p-2 transition-colors hover:bg-surface-2"
            >
              <span
                aria-hidden="true"
                className="grid size-11 shrink-0 place-items-center rounded-full bg-surface-2 text-small font-semibold text-ink-2 ring-1 ring-line"
              >
                {initials(person.name)}
              </span>
              <span className="min-w-0">
                <span className="block truncate font-medium text-ink-1">{person.name}</span>
                <span className="block truncate text-ink-3">
                  {person.character ?? capital(person.role === 'other' ? 'Crew' : person.role)}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

const initials = (name: string) => {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map(word => (word ? [...word][0]!.toLocaleUpperCase() : ''))
    .join('')
}
