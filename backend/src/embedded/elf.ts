/**
 * A copy of a 64-bit little-endian ELF program that runs on an older C library than it was linked against, where it only asks
 * for newer versions of functions that the older library has too.
 *
 * The versions in `missing` are taken off the list of those needed (`.gnu.version_r`), and the symbols bound to them become
 * unversioned (`.gnu.version`), which binds them to the library's base version. `__isoc23_strtol` and its like, which differ
 * from `strtol` by knowing binary literals, get the old name, a tail of the new one.
 *
 * Linux Standard Base, "Symbol Versioning"; System V ABI, "Dynamic Section". Throws a `RangeError` for a file that is none.
 */
export function withoutVersions(program: Buffer, missing: ReadonlySet<string>): Buffer {
  const elf = Buffer.from(program)
  const tags = dynamicTags(elf)
  const at = (tag: number): number => fileOffset(elf, Number(elf.readBigUInt64LE(placeOf(tags, tag))))
  const strings = at(DT_STRTAB)
  const text = (offset: number): string => elf.toString('latin1', strings + offset, elf.indexOf(0, strings + offset))

  const needs = chain(elf, at(DT_VERNEED), NEED.next).map(need => ({
    need,
    entries: chain(elf, need + elf.readUInt32LE(need + NEED.firstEntry), ENTRY.next),
  }))
  const isMissing = (entry: number): boolean => missing.has(text(elf.readUInt32LE(entry + ENTRY.name)))
  const indexes = new Set(
    needs.flatMap(({ entries }) => entries.filter(isMissing)).map(entry => elf.readUInt16LE(entry + ENTRY.index)),
  )
  const kept = needs
    .map(({ need, entries }) => ({ need, entries: entries.filter(entry => !isMissing(entry)) }))
    .filter(({ entries }) => entries.length > 0)
  for (const { need, entries } of kept) {
    elf.writeUInt16LE(entries.length, need + NEED.count)
    elf.writeUInt32LE((entries[0] ?? need) - need, need + NEED.firstEntry)
    link(elf, entries, ENTRY.next)
  }
  link(
    elf,
    kept.map(({ need }) => need),
    NEED.next,
  )
  const moved = BigInt((kept[0]?.need ?? 0) - at(DT_VERNEED))
  const start = placeOf(tags, DT_VERNEED)
  elf.writeBigUInt64LE(elf.readBigUInt64LE(start) + moved, start)
  elf.writeBigUInt64LE(BigInt(kept.length), placeOf(tags, DT_VERNEEDNUM))

  const symbols = at(DT_SYMTAB)
  const versions = at(DT_VERSYM)
  // The dynamic section does not say how many symbols there are; linkers put the string table right behind them.
  const count = (strings - symbols) / SYMBOL_SIZE
  for (let index = 0; index < count; index++) {
    if (!indexes.has(elf.readUInt16LE(versions + 2 * index))) continue
    elf.writeUInt16LE(VER_NDX_GLOBAL, versions + 2 * index)
    const symbol = symbols + SYMBOL_SIZE * index
    const name = elf.readUInt32LE(symbol)
    if (text(name).startsWith(ISOC23)) elf.writeUInt32LE(name + ISOC23.length, symbol)
  }
  return elf
}

/** Offsets of a list's records, each of which says how far the next is; the last says 0. */
function chain(elf: Buffer, start: number, next: number): number[] {
  const records = [start]
  for (let at = start, step; (step = elf.readUInt32LE(at + next)) > 0;) records.push((at += step))
  return records
}

function link(elf: Buffer, records: readonly number[], next: number): void {
  records.forEach((at, index) => elf.writeUInt32LE((records[index + 1] ?? at) - at, at + next))
}

function placeOf(tags: ReadonlyMap<number, number>, tag: number): number {
  const place = tags.get(tag)
  if (place === undefined) throw new RangeError(`no dynamic tag ${tag.toString(16)}`)
  return place
}

/** Where the values of the dynamic section's entries stand in the file, by tag. */
function dynamicTags(elf: Buffer): ReadonlyMap<number, number> {
  if (elf.readUInt32BE(0) !== 0x7f454c46 || elf[4] !== 2 || elf[5] !== 1)
    throw new RangeError('not a 64-bit little-endian ELF file')
  const dynamic = [...segments(elf)].find(segment => segment.type === PT_DYNAMIC)
  if (!dynamic) throw new RangeError('not dynamically linked')
  const tags = new Map<number, number>()
  for (let entry = dynamic.offset; entry < dynamic.offset + dynamic.size; entry += 16) {
    tags.set(Number(elf.readBigUInt64LE(entry)), entry + 8)
  }
  return tags
}

function fileOffset(elf: Buffer, address: number): number {
  for (const segment of segments(elf)) {
    if (segment.type === PT_LOAD && address >= segment.address && address < segment.address + segment.size) {
      return address - segment.address + segment.offset
    }
  }
  throw new RangeError(`address ${address.toString(16)} is in no segment`)
}

function* segments(elf: Buffer): Generator<{ type: number; offset: number; address: number; size: number }> {
  const start = Number(elf.readBigUInt64LE(32))
  const size = elf.readUInt16LE(54)
  for (let index = 0; index < elf.readUInt16LE(56); index++) {
    const header = start + index * size
    const word = (offset: number): number => Number(elf.readBigUInt64LE(header + offset))
    yield { type: elf.readUInt32LE(header), offset: word(8), address: word(16), size: word(32) }
  }
}

const ISOC23 = '__isoc23_'
const PT_LOAD = 1
const PT_DYNAMIC = 2
const DT_STRTAB = 5
const DT_SYMTAB = 6
const DT_VERSYM = 0x6ffffff0
const DT_VERNEED = 0x6ffffffe
const DT_VERNEEDNUM = 0x6fffffff
const SYMBOL_SIZE = 24
const VER_NDX_GLOBAL = 1
/** Fields of Elf64_Verneed, a library with its needed versions, and of Elf64_Vernaux, one of these. */
const NEED = { count: 2, firstEntry: 8, next: 12 }
const ENTRY = { index: 6, name: 8, next: 12 }
