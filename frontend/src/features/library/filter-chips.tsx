import { useQuery } from '@tanstack/react-query'
import { ChevronDown, X } from 'lucide-react'
import { itemsFacetsQuery } from '../../lib/item-queries.js'
import { Chip } from '../../ui/chip.js'
import { Menu, MenuChoice } from '../../ui/menu.js'
import { filtersOf, isFiltered, type View } from './view.js'

interface FilterChipsProps {
  readonly libraryId: string | undefined
  readonly view: View
  readonly onChange: (changes: Partial<View>) => void
  readonly onClear: () => void
}

const watchable = new Set<View['kind']>(['film', 'series', 'episode', 'video'])

/** What a list can be narrowed by, each with how much it leaves. */
export function FilterChips({ libraryId, view, onChange, onClear }: FilterChipsProps) {
  const { data } = useQuery(itemsFacetsQuery(filtersOf(libraryId, view)))
  const toggle = (values: readonly string[], value: string, on: boolean) =>
    on ? [...values, value] : values.filter(one => one !== value)
  const decade = view.year && /^\d{3}0-\d{3}9$/.test(view.year) ? `${view.year.slice(0, 4)}s` : view.year
  return (
    <>
      {watchable.has(view.kind) && (
        <>
          <Chip
            on={view.watched === 'unwatched'}
            onClick={() => onChange({ watched: view.watched === 'unwatched' ? null : 'unwatched' })}
          >
            Unwatched
          </Chip>
          {view.kind !== 'series' && (
            <Chip
              on={view.watched === 'in-progress'}
              onClick={() => onChange({ watched: view.watched === 'in-progress' ? null : 'in-progress' })}
            >
              In progress
            </Chip>
          )}
        </>
      )}
      {(view.genre.length > 0 || (data?.genres.length ?? 0) > 0) && (
        <Menu
          align="start"
          trigger={
            <Chip on={view.genre.length > 0} icon={<ChevronDown className="order-last" />}>
              {chosen(view.genre, 'Genre')}
            </Chip>
          }
        >
          {merged(view.genre, data?.genres).map(({ value, count }) => (
            <MenuChoice
              key={value}
              checked={view.genre.includes(value)}
              onChange={on => onChange({ genre: toggle(view.genre, value, on) })}
              detail={count}
            >
              {value}
            </MenuChoice>
          ))}
        </Menu>
      )}
      {(view.year || (data?.decades.length ?? 0) > 1) && (
        <Menu
          align="start"
          trigger={
            <Chip on={view.year !== null} icon={<ChevronDown className="order-last" />}>
              {decade ?? 'Decade'}
            </Chip>
          }
        >
          {data?.decades.map(({ value, count }) => (
            <MenuChoice
              key={value}
              checked={view.year === `${value}-${value + 9}`}
              onChange={on => onChange({ year: on ? `${value}-${value + 9}` : null })}
              detail={count.toLocaleString()}
            >
              {value}s
            </MenuChoice>
          ))}
        </Menu>
      )}
      {(view.quality.length > 0 || (data?.qualities.length ?? 0) > 1) && (
        <Menu
          align="start"
          trigger={
            <Chip on={view.quality.length > 0} icon={<ChevronDown className="order-last" />}>
              {chosen(view.quality, 'Quality')}
            </Chip>
          }
        >
          {merged(view.quality, data?.qualities).map(({ value, count }) => (
            <MenuChoice
              key={value}
              checked={view.quality.includes(value)}
              onChange={on => onChange({ quality: toggle(view.quality, value, on) })}
              detail={count}
            >
              {value}
            </MenuChoice>
          ))}
        </Menu>
      )}
      {view.person && (
        <Chip on removable onClick={() => onChange({ person: null })}>
          With {view.person}
        </Chip>
      )}
      {view.q && (
        <Chip on removable onClick={() => onChange({ q: null })}>
          “{view.q}”
        </Chip>
      )}
      {isFiltered(view) && (
        <Chip className="!bg-transparent" icon={<X />} aria-pressed={undefined} onClick={onClear}>
          Clear
        </Chip>
      )}
    </>
  )
}

const chosen = (values: readonly string[], otherwise: string) =>
  values.length === 0 ? otherwise : values.length <= 2 ? values.join(', ') : `${values[0]} and ${values.length - 1} more`

/** The facets, and what is chosen though it leaves nothing now. */
const merged = (values: readonly string[], facets: readonly { value: string; count: number }[] = []) => [
  ...facets.map(({ value, count }) => ({ value, count: count.toLocaleString() })),
  ...values.filter(value => !facets.some(facet => facet.value === value)).map(value => ({ value, count: '0' })),
]
