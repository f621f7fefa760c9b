import { expect, test } from 'vitest'
import { createShard } from './shard.ts'

/** A shard with one session of mode reliable, whose requests are answered at once. */
function pushedSession() {
  const requests: { operation: string; url: string; fields: Record<string, string> }[] = []
  let nextPosition = 2
  const shard = createShard({
    run: 'abc',
    shard: 0,
    serviceUrls: ['http://a/genesys/2/chat/s'],
    notifyRequestor: false,
    fileBytes: 100,
    now: () => 1_000,
    receiverOffsetMs: () => 0,
    report: {
      row() {},
      triggered() {},
      error() {},
      settled: async () => {},
      flush() {},
      state() {},
      end: async () => {},
    },
    post(row, url, body, done) {
      requests.push({ operation: row.operation, url, fields: Object.fromEntries(new URLSearchParams(body)) })
      const keys = { alias: '201', userId: 'U', secureKey: 'k', chatId: 'C' }
      const answer = { statusCode: 0, chatEnded: false, messages: [], nextPosition: nextPosition++, ...keys }
      row.status = 200
      done(row, JSON.stringify(answer))
    },
  })
  shard.requestChat({ session: 0, slot: 0, plannedMs: 1_000, mode: 'reliable', endsBy: 'drain', endsMs: 9_000_000 })
  requests.length = 0
  return { shard, requests }
}

test('[PUSH-151] [PUSH-152] each reliable push is confirmed by a refresh with the tokens that were kept', () => {
  const { shard, requests } = pushedSession()
  // PUSH-153: what the push says of positions is not believed, the refresh asks from where the session is.
  for (const nextPosition of [7, 99])
    shard.pushed({ session: 0, receivedMs: 1_000, nextPosition, ended: false, heldMs: 0 })
  const refresh = (transcriptPosition: string) => ({
    operation: 'refresh',
    url: 'http://a/genesys/2/chat/s/C/',
    fields: { userId: 'U', secureKey: 'k', alias: '201', transcriptPosition },
  })
  expect(requests).toEqual([refresh('2'), refresh('3')])
})
