import type { ItemSummary } from '@projectionist/shared/api/items'
import { memo } from 'react'
import { ItemCard } from '../../ui/item-card.js'
import { ItemRow } from './item-row.js'

interface GridCellProps {
  readonly item: ItemSummary
  readonly index: number
  readonly asList: boolean
  readonly sizes: string
  /** Undefined while nothing is being selected. */
  readonly selected: boolean | undefined
  readonly onPick: (index: number, range: boolean) => void
}

/** A cell of a library. Only what changes in it renders it again, however fast one scrolls. */
export const GridCell = memo(function GridCell({ item, index, asList, sizes, selected, onPick }: GridCellProps) {
  const onSelect = (range: boolean) => onPick(index, range)
  return asList ? (
    <ItemRow item={item} selected={selected} onSelect={onSelect} />
  ) : (
    <ItemCard item={item} sizes={sizes} selected={selected} onSelect={onSelect} />
  )
})
