import { pushBody } from '../../reference-server/push-sender/push-body.ts'
import { alternate, type Pass } from '../alternate.ts'
import { type BenchCase, leastBusy } from '../case.ts'
import { messageNotice } from '../push-notice.ts'
import { ratioResult } from '../ratio-result.ts'
import { type Subject, startSubject } from '../subject.ts'

const pairs = 15
/** One lane waits for its receiver half of the time. Several in one process keep it busy, each of them still in sequence. */
const lanes = 16
const posts = 30_000
/** For the ratio that a user sees: one lane, the product's receiver, posts per second of wall time. */
const wallPosts = 3_000
const wallPairs = 9

/** Of the length of real ones (`cometd-token.ts`). */
const token = 'x'.repeat(107)

export const benchCase: BenchCase = {
  name: 'push-lane',
  what: 'push sender of a node, against a bare undici sequential loop to the same receiver',
  bound: '>= 0.85 (goal 0.9)',
  async run(say) {
    const body = JSON.stringify(pushBody(messageNotice(500), { token, nowMs: 1795220172000, modeAMessage: undefined }))
    say(`${pairs} pairs of ${posts} POSTs on ${lanes} lanes to a sink that only counts`)
    const comparison = await versus('counting-sink.ts', lanes, body, (lane, bare) =>
      alternate(
        { pairs, leastBusy },
        () => pass(lane, posts),
        () => pass(bare, posts),
      ),
    )
    say(`${wallPairs} pairs of ${wallPosts} POSTs on one lane to the receiver, by wall time`)
    const wall = await versus('receiver.ts', 1, body, (lane, bare) =>
      alternate(
        { pairs: wallPairs },
        () => wallPass(lane),
        () => wallPass(bare),
      ),
    )
    const result = ratioResult(comparison, 0.85, 'POSTs')
    const toReceiver = `one lane to the receiver by wall time: ratio ${wall.ratio.toFixed(2)}, ${Math.round(wall.ours)} POSTs/s`
    return { ...result, note: `${result.note}; ${toReceiver}` }
  },
}

async function versus<Result>(
  sinkFile: string,
  laneCount: number,
  body: string,
  compare: (lane: Subject, bare: Subject) => Promise<Result>,
): Promise<Result> {
  const sink = await startSubject(sinkFile)
  const url = `http://127.0.0.1:${(sink.ready as { port: number }).port}/push/gms-1`
  const lane = await startSubject('push-lane.ts', { url, lanes: laneCount })
  const bare = await startSubject('undici-loop.ts', { url, body, lanes: laneCount })
  try {
    return await compare(lane, bare)
  } finally {
    await Promise.all([lane, bare, sink].map(subject => subject.stop()))
  }
}

async function pass(subject: Subject, count: number): Promise<Pass> {
  const before = await subject.cpuSeconds()
  const { seconds } = (await subject.ask({ posts: count })) as { seconds: number }
  return { operations: count, cpuSeconds: (await subject.cpuSeconds()) - before, wallSeconds: seconds }
}

/** Counts the whole wall time, what the lane waits for included. */
async function wallPass(subject: Subject): Promise<Pass> {
  const { operations, wallSeconds } = await pass(subject, wallPosts)
  return { operations, cpuSeconds: wallSeconds, wallSeconds }
}
