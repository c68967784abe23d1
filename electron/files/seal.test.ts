import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CHUNK_BYTES, chunksOfFile, PLAIN_CHUNK_BYTES, sealedBytes, TAG_BYTES } from '../../shared/sync/blobs.ts'
import { openChunk, sealChunk, sealPiece } from './seal.ts'

const key = randomBytes(32)
const plain = randomBytes(100)
const at = (place: number, isLast = false) => ({ place, isLast })

describe('a sealed chunk', () => {
  it('opens with its key, at its place', () => {
    const sealed = sealChunk(key, at(3), plain)

    expect(sealed).toHaveLength(plain.length + TAG_BYTES)
    expect(openChunk(key, at(3), sealed)).toEqual(plain)
  })

  it('opens with no other key, at no other place, not as the end of the file, and not changed or cut', () => {
    const sealed = sealChunk(key, at(3), plain)
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(0) ^ 1, 0)

    const opened = [
      openChunk(randomBytes(32), at(3), sealed),
      openChunk(key, at(2), sealed),
      openChunk(key, at(3, true), sealed),
      openChunk(key, at(3), changed),
      openChunk(key, at(3), sealed.subarray(1)),
      openChunk(key, at(3), sealed.subarray(0, 3)),
      openChunk(key, at(3), Buffer.alloc(0)),
    ]

    expect(opened).toEqual(opened.map(() => undefined))
  })
})

describe('a sealed file', () => {
  it.each([1, PLAIN_CHUNK_BYTES - 1, PLAIN_CHUNK_BYTES, PLAIN_CHUNK_BYTES + 1, PLAIN_CHUNK_BYTES * 3])(
    'of %i bytes is as long as is said, in chunks that open one by one',
    bytes => {
      const file = randomBytes(bytes)

      const sealed = sealPiece(key, file, { at: 0, of: bytes })

      expect(sealed).toHaveLength(sealedBytes(bytes))
      const chunks = Array.from({ length: chunksOfFile(bytes) }, (_, place) =>
        openChunk(
          key,
          at(place, place === chunksOfFile(bytes) - 1),
          sealed.subarray(place * CHUNK_BYTES, (place + 1) * CHUNK_BYTES),
        ),
      )
      expect(Buffer.concat(chunks.map(chunk => chunk ?? Buffer.from('closed')))).toEqual(file)
    },
  )
})
