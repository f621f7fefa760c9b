import { afterEach, expect, test } from 'vitest'
import { notice, type Sink, startSink, startTestSender, type TestSender, until } from './sender-for-tests.ts'

let sink: Sink
let under: TestSender
afterEach(async () => {
  await under?.sender.close()
  await sink?.close()
})

test('[PUSH-072] a receiver that takes 5 ms gets 200 POSTs in a second, however many wait', async () => {
  sink = await startSink()
  under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
  const beganMs = under.clock.now()
  for (let i = 1; i <= 250; i++) under.sender.notify(notice(i))
  for (let posts = 1; under.clock.now() - beganMs < 1000; posts++) {
    await until(() => sink.posts.length === posts)
    under.clock.advance(5)
    sink.release()
    await until(() => under.sender.gauges().answered === posts)
  }
  expect(under.sender.gauges()).toMatchObject({ answered: 200, inFlight: 1, queued: 49, headAgeMs: 1000 })
})
