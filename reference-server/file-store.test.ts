import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileStore } from './file-store.ts'
import { createSeededRandom } from './time/seeded-random.ts'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'file-store-test-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

const storeOf = (maxBytes: number) =>
  createFileStore({ random: createSeededRandom(1, 'test'), place: () => place, maxBytes: () => maxBytes })
const contentOf = (text: string) => Readable.from([Buffer.from(text)])
const onDisk = () => readdirSync(place, { recursive: true }).length

test('a file comes back as it was put, and its folder is made with the first and removed at the end', async () => {
  const store = storeOf(100)
  expect(onDisk()).toBe(0)
  const kept = await store.put(contentOf('hello'))
  expect(kept).toEqual({ fileId: expect.stringMatching(/^[0-9A-F]{16}$/), sizeBytes: 5 })
  const { fileId } = kept as { fileId: string }
  expect((await buffer((await store.read(fileId))!)).toString()).toBe('hello')
  expect(store.gauges()).toEqual({ files: 1, bytes: 5 })
  await store.close()
  expect([onDisk(), store.gauges()]).toEqual([0, { files: 0, bytes: 0 }])
})

test('what goes over the limit of the store is read to its end and not kept; room that is freed is used again', async () => {
  const store = storeOf(10)
  const { fileId } = (await store.put(contentOf('12345678'))) as { fileId: string }
  const tooMuch = Readable.from([Buffer.from('123'), Buffer.from('456')])
  expect(await store.put(tooMuch)).toBe('full')
  expect([tooMuch.readableEnded, store.gauges()]).toEqual([true, { files: 1, bytes: 8 }])
  store.remove(fileId)
  expect(await store.put(contentOf('1234567890'))).toMatchObject({ sizeBytes: 10 })
  await store.close()
})

test('of what breaks off nothing is kept', async () => {
  const store = storeOf(100)
  const broken = new Readable({
    read() {
      this.push('half')
      this.destroy(new Error('cut off'))
    },
  })
  await expect(store.put(broken)).rejects.toThrow('cut off')
  expect([onDisk(), store.gauges()]).toEqual([1, { files: 0, bytes: 0 }])
  await store.close()
})

test('a place that is not there is told, and nothing is counted', async () => {
  const store = createFileStore({
    random: createSeededRandom(1, 'test'),
    place: () => join(place, 'missing'),
    maxBytes: () => 100,
  })
  await expect(store.put(contentOf('hello'))).rejects.toThrow('ENOENT')
  expect(store.gauges()).toEqual({ files: 0, bytes: 0 })
  expect(await store.read('..')).toBeUndefined()
  await store.close()
})
