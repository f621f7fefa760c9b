import { afterEach, expect, test } from 'vitest'
import { seededUniform } from '../protocol/seeded.ts'
import {
  notice,
  type Sink,
  startSink,
  startTestSender,
  type TestSender,
  until,
} from '../reference-server/push-sender/sender-for-tests.ts'
import { laneLoad, meanWaitMs } from './lane.ts'

let sink: Sink
let under: TestSender
afterEach(async () => {
  await under?.sender.close()
  await sink?.close()
})

/** Events at independent instants, `perSecond` of them a second. */
function instants(count: number, perSecond: number, fromMs: number): number[] {
  const uniform = seededUniform(1, 'events')
  let atMs = fromMs
  return Array.from({ length: count }, () => {
    atMs -= (Math.log(1 - uniform()) * 1_000) / perSecond
    return atMs
  })
}

// Sockets are real, time is not: what the machine does meanwhile changes nothing. 12,000 events leave 4 % to chance.
test('[PUSH-071, PUSH-074] notices of a node of the reference server wait as long as the model says, at 70 % of its lane', async () => {
  const [count, perSecond, pushMs] = [12_000, 140, 5]
  sink = await startSink()
  under = startTestSender({ sections: { push: { 'customhttp.url': sink.url } } })
  const { clock, sender } = under
  const due = instants(count, perSecond, clock.now())
  const advanceTo = (ms: number) => clock.advance(Math.max(0, ms - clock.now()))
  let queued = 0
  let waitedMs = 0
  const queueNext = () => {
    advanceTo(due[queued]!)
    sender.notify(notice(queued + 1))
    queued += 1
  }
  const began = clock.now()
  for (let posted = 0; posted < count; posted += 1) {
    if (queued === posted) queueNext()
    await until(() => sink.posts.length === posted + 1)
    waitedMs += clock.now() - due[posted]!
    const endMs = clock.now() + pushMs
    while (queued < count && due[queued]! <= endMs) queueNext()
    advanceTo(endMs)
    sink.release()
    await until(() => sender.gauges().answered === posted + 1)
  }
  const time = { meanMs: pushMs, squareMs2: pushMs ** 2 }
  const rate = count / ((clock.now() - began) / 1_000)
  expect(Math.abs(laneLoad(rate, time) / 0.7 - 1)).toBeLessThan(0.05)
  expect(Math.abs(waitedMs / count / meanWaitMs(rate, time) - 1)).toBeLessThan(0.1)
})
