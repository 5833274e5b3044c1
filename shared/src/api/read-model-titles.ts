/** What people call the read models there are. */
const titles: Readonly<Record<string, string>> = {
  users: 'People',
  libraries: 'Libraries',
  scans: 'Scans',
  known_files: 'Known files',
  items: 'Catalogue',
  artwork_owed: 'Pictures to find',
  watch_state: 'Watch state',
  history: 'History',
  undos: 'Undos',
  person_streams: 'Personal data',
  erasures: 'Erasures',
}

/** What people call a read model; one that is not known here goes by its name. */
export function titleOf({ name }: { readonly name: string }): string {
  const words = name.replaceAll('_', ' ')
  return titles[name] ?? words.charAt(0).toUpperCase() + words.slice(1)
}
