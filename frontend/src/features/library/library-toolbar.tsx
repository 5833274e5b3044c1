import { ArrowDownNarrowWide, ArrowUpNarrowWide, LayoutGrid, List, SquareCheckBig } from 'lucide-react'
import { cx } from '../../lib/cx.js'
import { capital, kindsOf, kindWords } from '../../lib/words.js'
import { IconButton } from '../../ui/button.js'
import { Select } from '../../ui/select.js'
import { Slider } from '../../ui/slider.js'
import { FilterChips } from './filter-chips.js'
import type { useView } from './use-view.js'
import { sortsOf, sortWords, type Place } from './view.js'

interface LibraryToolbarProps extends ReturnType<typeof useView> {
  readonly library: Place
  readonly selecting: boolean
  readonly onSelecting: (selecting: boolean) => void
}

/** Above a library: what is shown, narrowed by what, in which order, how large. */
export function LibraryToolbar({
  library,
  view,
  kept,
  change,
  sortBy,
  clear,
  keep,
  selecting,
  onSelecting,
}: LibraryToolbarProps) {
  const kinds = kindsOf[library.kind]
  const options = sortsOf(view.kind).map(sort => ({ value: sort, label: sortWords[sort] }))
  return (
    <div
      data-row
      className="sticky top-0 z-20 -mt-1 flex flex-wrap items-center gap-x-3 gap-y-2 bg-surface-0/95 py-3 backdrop-blur-sm gutter max-md:flex-col max-md:flex-nowrap max-md:items-stretch"
    >
      {kinds.length > 1 && (
        <div role="group" aria-label="Show" className="flex rounded-full bg-surface-2 p-0.5 max-md:self-start">
          {kinds.map(kind => (
            <button
              key={kind}
              type="button"
              aria-pressed={kind === view.kind}
              onClick={() => change({ kind })}
              className={cx(
                'h-7 rounded-full px-3.5 text-small font-medium transition-colors',
                kind === view.kind ? 'bg-ink-1 text-surface-0' : 'text-ink-2 hover:text-ink-1',
              )}
            >
              {capital(kindWords[kind][1])}
            </button>
          ))}
        </div>
      )}
      <div className="-mx-(--gutter) flex min-w-0 flex-1 gap-2 overflow-x-auto px-(--gutter) py-1 no-scrollbar md:mx-0 md:flex-wrap md:px-0">
        <FilterChips libraryId={library.id} view={view} onChange={change} onClear={clear} />
      </div>
      <div className="flex items-center gap-1">
        <Select label="Sort by" value={view.sort} options={options} onChange={sort => sortBy(sort)} />
        <IconButton
          label={view.order === 'asc' ? 'Turn round: the last first' : 'Turn round: the first first'}
          size="s"
          onClick={() => sortBy(view.sort, view.order === 'asc' ? 'desc' : 'asc')}
        >
          {view.order === 'asc' ? <ArrowUpNarrowWide /> : <ArrowDownNarrowWide />}
        </IconButton>
        <span className="flex-1" />
        {kept.layout === 'grid' && (
          <Slider
            label="Size of the grid"
            value={kept.size}
            min={1}
            max={6}
            onChange={size => keep({ size })}
            valueText={size => `${size} of 6`}
            className="mx-2 w-24 max-md:hidden"
          />
        )}
        <IconButton
          label={kept.layout === 'grid' ? 'Show as a list' : 'Show as a grid'}
          size="s"
          onClick={() => keep({ layout: kept.layout === 'grid' ? 'list' : 'grid' })}
        >
          {kept.layout === 'grid' ? <List /> : <LayoutGrid />}
        </IconButton>
        <IconButton label="Select several" shortcut="X" size="s" pressed={selecting} onClick={() => onSelecting(!selecting)}>
          <SquareCheckBig />
        </IconButton>
      </div>
    </div>
  )
}
