import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostNow } from '../process/host-clock.ts'
import { type Collector, type CollectorOptions, startCollector } from './collector.ts'
import { answer, run } from './fake-messages.ts'
import { type FakeReceiver, startFakeReceiver } from './fake-receiver.ts'
import { type FakeShard, startFakeShard } from './fake-shard.ts'

/** A collector with a fake shard and a fake receiver over real sockets. */
export interface FakeRun {
  collector: Collector
  shard: FakeShard
  receiver: FakeReceiver
  outDir: string
  /** hello, then request chat with the answer that shows the join. */
  start(): void
  close(): Promise<void>
}

export async function startFakeRun(options: Partial<CollectorOptions> = {}): Promise<FakeRun> {
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-collector-'))
  const receiver = await startFakeReceiver()
  const collector = await startCollector({
    run,
    shards: [0],
    modeOf: () => 'payload',
    notifyRequestor: false,
    isReference: true,
    observeMs: 800,
    isHoldingAnswers: false,
    areLanesNodes: true,
    here: ['k6', 'receiver', 'reference server'],
    receiverUrl: receiver.url,
    outDir,
    log: () => {},
    ...options,
  })
  const shard = await startFakeShard(collector.url)
  return {
    collector,
    shard,
    receiver,
    outDir,
    start() {
      const now = hostNow()
      shard.say({
        type: 'hello',
        run,
        shard: 0,
        sessions: 1,
        startMs: now - 2_000,
        steadyMs: now - 1_000,
        drainMs: now + 60_000,
      })
      shard.row('requestChat', {}, answer([{ index: 1, type: 'ParticipantJoined', participantId: 1 }], 2))
    },
    async close() {
      shard.close()
      await collector.close()
      await receiver.close()
    },
  }
}
