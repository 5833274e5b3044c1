import type { Item } from '@projectionist/shared/api/items'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { Tabs, type Tab } from '../../ui/tabs.js'
import { Files } from './files.js'
import { ItemHistory } from './item-history.js'

/** What there is to know of an item, and its history one tab away. The tab is part of the address. */
export function ItemTabs({ item, first, label }: { item: Item; first: ReactNode; label: string }) {
  const [search, setSearch] = useSearchParams()
  const tabs: readonly Tab[] = [
    { id: 'about', label, content: first },
    ...(item.files.length > 0 ? [{ id: 'files', label: 'Files', content: <Files item={item} /> }] : []),
    { id: 'history', label: 'History', content: <ItemHistory itemId={item.id} whole={item.childCount === null} /> },
  ]
  const asked = search.get('tab')
  return (
    <div className="mt-10 gutter">
      <Tabs
        tabs={tabs}
        value={tabs.find(tab => tab.id === asked)?.id ?? 'about'}
        onChange={id => setSearch(id === 'about' ? {} : { tab: id }, { replace: true, preventScrollReset: true })}
      />
    </div>
  )
}
