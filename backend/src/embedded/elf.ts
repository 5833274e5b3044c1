/**
 * Lets a 64-bit little-endian ELF program run on an older C library than it was linked against, where it only asks for newer
 * versions of functions that the older library has too.
 *
 * Two things are changed, in a copy. In `.gnu.version_r`, the versions named in `missing` are marked weak, so that the
 * loader does not insist on them. In `.gnu.version`, the symbols bound to them become unversioned, which binds them to the
 * library's base version; `__isoc23_strtol` and its like, which differ from `strtol` by knowing binary literals, get the
 * old name, a tail of the new one.
 *
 * Linux Standard Base, "Symbol Versioning"; System V ABI, "Dynamic Section". Throws a `RangeError` for a file that is none.
 */
export function relaxVersions(program: Buffer, missing: ReadonlySet<string>): Buffer {
  const elf = Buffer.from(program)
  const tags = dynamicTags(elf)
  const at = (tag: number): number => {
    const address = tags.get(tag)
    if (address === undefined) throw new RangeError(`no dynamic tag ${tag.toString(16)}`)
    return fileOffset(elf, address)
  }
  const strings = at(DT_STRTAB)
  const text = (offset: number): string => elf.toString('latin1', strings + offset, elf.indexOf(0, strings + offset))

  const relaxed = new Set<number>()
  for (const { version, entry } of neededVersions(elf, at(DT_VERNEED), tags.get(DT_VERNEEDNUM) ?? 0, text)) {
    if (!missing.has(version)) continue
    elf.writeUInt16LE(elf.readUInt16LE(entry + VNA_FLAGS) | VER_FLG_WEAK, entry + VNA_FLAGS)
    relaxed.add(elf.readUInt16LE(entry + VNA_OTHER))
  }

  const symbols = at(DT_SYMTAB)
  const versions = at(DT_VERSYM)
  // The dynamic section does not say how many symbols there are; linkers put the string table right behind them.
  const count = (strings - symbols) / SYMBOL_SIZE
  for (let index = 0; index < count; index++) {
    if (!relaxed.has(elf.readUInt16LE(versions + 2 * index))) continue
    elf.writeUInt16LE(VER_NDX_GLOBAL, versions + 2 * index)
    const symbol = symbols + SYMBOL_SIZE * index
    const name = elf.readUInt32LE(symbol)
    if (text(name).startsWith(ISOC23)) elf.writeUInt32LE(name + ISOC23.length, symbol)
  }
  return elf
}

interface NeededVersion {
  readonly version: string
  /** File offset of its Elf64_Vernaux. */
  readonly entry: number
}

function* neededVersions(elf: Buffer, start: number, libraries: number, text: (offset: number) => string): Generator<NeededVersion> {
  for (let need = start, left = libraries; left > 0; left--) {
    let entry = need + elf.readUInt32LE(need + 8)
    for (let more = elf.readUInt16LE(need + 2); more > 0; more--) {
      yield { version: text(elf.readUInt32LE(entry + 8)), entry }
      entry += elf.readUInt32LE(entry + 12)
    }
    need += elf.readUInt32LE(need + 12)
  }
}

function dynamicTags(elf: Buffer): ReadonlyMap<number, number> {
  if (elf.readUInt32BE(0) !== 0x7f454c46 || elf[4] !== 2 || elf[5] !== 1) throw new RangeError('not a 64-bit little-endian ELF file')
  const dynamic = [...segments(elf)].find(segment => segment.type === PT_DYNAMIC)
  if (!dynamic) throw new RangeError('not dynamically linked')
  const tags = new Map<number, number>()
  for (let entry = dynamic.offset; entry < dynamic.offset + dynamic.size; entry += 16) {
    tags.set(Number(elf.readBigUInt64LE(entry)), Number(elf.readBigUInt64LE(entry + 8)))
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
const VNA_FLAGS = 4
const VNA_OTHER = 6
const VER_FLG_WEAK = 2
const VER_NDX_GLOBAL = 1
