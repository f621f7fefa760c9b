import { expect, test } from 'vitest'
import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import { fileContent } from './file-content.ts'
import { createShard } from './shard.ts'

const tokens = { alias: '201', userId: 'U', secureKey: 'k1', chatId: 'C' }
const started = { statusCode: 0, chatEnded: false, messages: [], nextPosition: 2, ...tokens }
const values = {
  'download-attempts': '10',
  'upload-max-files': '3',
  'upload-max-file-size': '1000',
  'upload-max-total-size': '2500',
  'upload-need-agent': 'false',
  'upload-file-types': 'txt',
}

/** One chat that is live, whose requests are answered one by one. */
function liveChat() {
  const asked: { operation: string; url: string; body: string; answer(text: string, status?: number): void }[] = []
  const rows: ShardRow[] = []
  const told: string[] = []
  const shard = createShard({
    run: 'abc',
    shard: 0,
    serviceUrls: ['http://a/genesys/2/chat/s'],
    notifyRequestor: false,
    fileBytes: 100,
    now: () => 1_000,
    receiverOffsetMs: () => 0,
    report: {
      row(row, answer) {
        rows.push(row)
        told.push(answer)
      },
      triggered() {},
      error() {},
      settled: async () => {},
      flush() {},
      state() {},
      end: async () => {},
    },
    post(row, url, body, done) {
      const answer = (text: string, status = 200) =>
        done(Object.assign(row, { status, sent: 1_000, answered: 1_001 }), text)
      asked.push({ operation: row.operation, url, body, answer })
    },
  })
  shard.requestChat({ session: 0, slot: 0, plannedMs: 1_000, mode: 'payload', endsBy: 'drain', endsMs: 9e6 })
  asked.shift()!.answer(JSON.stringify(started))
  const next = () => {
    shard.share(0, 1_000)
    return asked.shift()!
  }
  return { shard, rows, told, next }
}

test('limits, upload and download are asked for at their paths, and the next request has the newest key', () => {
  const { rows, told, next } = liveChat()
  const limits = next()
  expect([limits.operation, limits.url]).toEqual(['fileGetLimits', 'http://a/genesys/2/chat/s/C/file/'])
  limits.answer(JSON.stringify({ ...started, messages: [{ type: 'Notice', userData: values }] }))
  const upload = next()
  expect([upload.operation, upload.url]).toEqual(['fileUpload', 'http://a/genesys/2/chat/s/C/'])
  expect(upload.body).toContain('name="secureKey"\r\n\r\nk1\r\n')
  expect(upload.body).toContain(`filename="file.txt"\r\nContent-Type: text/plain\r\n\r\n${fileContent(100)}\r\n--`)
  upload.answer(JSON.stringify({ ...started, secureKey: 'k2', userData: { 'file-id': 'F/1' } }))
  const download = next()
  expect([download.operation, download.url, download.body]).toEqual([
    'fileDownload',
    'http://a/genesys/2/chat/s/C/file/F%2F1/',
    'userId=U&secureKey=k2&alias=201',
  ])
  download.answer(fileContent(100))
  next().answer('{"statusCode":2,"chatEnded":false}')
  expect(rows.map(row => [row.operation, row.sequence]).slice(1)).toEqual([
    ['fileGetLimits', -1],
    ['fileUpload', 0],
    ['fileDownload', 0],
    ['fileUpload', 203],
  ])
  expect(told.at(-2)).toBe('{"fileBytes":100,"isSame":true}')
})

test('[CV2-034] [CV2-172] a refused file leaves the session alive, the end of the chat ends it', () => {
  const { shard, next } = liveChat()
  next().answer('{"messages":[],"chatEnded":false,"statusCode":2}')
  expect(shard.live()).toBe(1)
  next().answer('{"messages":[],"chatEnded":true,"statusCode":2}')
  expect([shard.live(), shard.isQuiet()]).toEqual([0, true])
})

test('[CV2-173] a download that is not what was uploaded is told', () => {
  const { told, next } = liveChat()
  next().answer(JSON.stringify({ ...started, messages: [{ type: 'Notice', userData: values }] }))
  next().answer(JSON.stringify({ ...started, userData: { 'file-id': 'F' } }))
  next().answer(fileContent(100).slice(1))
  expect(told.at(-1)).toBe('{"fileBytes":99,"isSame":false}')
})
