import { expect, test } from 'vitest'
import { createFollower } from './follower.ts'
import type { PlannedSession, ShardPlan } from './plan.ts'
import type { Session } from './session.ts'
import type { Shard } from './shard.ts'

const drainMs = 10_000
const phases = { startMs: 0, arrivedMs: 0, steadyMs: 0, drainMs }

/** A plan of one session that pings each second, and one message at the given instants. */
function followed(messagesMs: number[], { endsMs = drainMs, pingMs = 20_000 } = {}) {
  const did: [what: string, plannedMs: number][] = []
  const starts: PlannedSession[] = [
    { session: 0, slot: 0, plannedMs: 0, mode: 'payload', endsBy: endsMs < drainMs ? 'customer' : 'drain', endsMs },
  ]
  const plan: ShardPlan = {
    phases,
    slots: 1,
    nextStart: nowMs => (starts[0] && starts[0].plannedMs <= nowMs ? starts.shift() : undefined),
    nextMessage(nowMs) {
      if (!(messagesMs[0]! <= nowMs)) return undefined
      return { plannedMs: messagesMs.shift()!, slot: 0 }
    },
    nextFile: () => undefined,
    nextMs: () => Math.min(starts[0]?.plannedMs ?? drainMs, messagesMs[0] ?? drainMs),
    cutMs: () => undefined,
    firstPing: () => pingMs,
    pingAfter: ms => (ms + 1_000 < drainMs ? ms + 1_000 : undefined),
  }
  const sessions = new Map<number, Session>()
  const shard = {
    sessions,
    requestChat(start: PlannedSession) {
      did.push(['start', start.plannedMs])
      sessions.set(start.session, { state: 'live', plan: start } as Session)
    },
    say: (_slot: number, plannedMs: number) => void did.push(['say', plannedMs]),
    act: (_session: Session, { operation, plannedMs }: { operation: string; plannedMs: number }) =>
      void did.push([operation, plannedMs]),
  } as unknown as Shard
  return { follow: createFollower(shard, plan), did, sessions }
}

test('each action is done once, at the first look after its instant', () => {
  const { follow, did } = followed([1_500, 2_500], { pingMs: 1_000 })
  const at = (nowMs: number) => {
    did.length = 0
    follow(nowMs)
    return [...did]
  }
  expect([at(0), at(999), at(1_001), at(2_000), at(3_000)]).toEqual([
    [['start', 0]],
    [],
    [['ping', 1_000]],
    [
      ['say', 1_500],
      ['ping', 2_000],
    ],
    [
      ['say', 2_500],
      ['ping', 3_000],
    ],
  ])
})

test('tells until when there is nothing to do, looking 10 ms ahead', () => {
  const { follow } = followed([1_005.5], { pingMs: 1_003 })
  // The wheel fires by ticks of 2 ms.
  expect([998, 1_002, 1_004, 1_006].map(follow)).toEqual([1_004, 1_004, 1_005.5, 1_018])
})

test('what is planned between the last tick and the drain is done by one look more, nothing behind it', () => {
  const { follow, did } = followed([9_999.5, 10_000.5], { pingMs: 9_998.7 })
  follow(9_998)
  did.length = 0
  follow(10_003)
  expect(did).toEqual([
    ['say', 9_999.5],
    ['ping', 9_998.7],
  ])
})

test('a session that its customer ends is disconnected at its end and pings no more', () => {
  const { follow, did } = followed([], { endsMs: 2_500, pingMs: 1_000 })
  for (let nowMs = 0; nowMs <= drainMs; nowMs += 100) follow(nowMs)
  expect(did).toEqual([
    ['start', 0],
    ['ping', 1_000],
    ['ping', 2_000],
    ['refresh', 2_500],
    ['disconnect', 2_500],
  ])
})

test('nothing is done for a session that is over or failed', () => {
  for (const state of ['over', 'failed'] as const) {
    const { follow, did, sessions } = followed([], { pingMs: 1_000 })
    follow(0)
    sessions.get(0)!.state = state
    follow(5_000)
    expect(did).toEqual([['start', 0]])
  }
})
