import type { FileHandle } from 'node:fs/promises'

/** Reads exactly so many bytes at a place, fewer only at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let got = 0
  while (got < length) {
    const { bytesRead } = await file.read(bytes, got, length - got, position + got)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return bytes.subarray(0, got)
}

/** No index is larger; a file that says so is damaged. */
export const LARGEST_INDEX = 128 << 20
