import { describe, expect, it } from 'vitest'
import { type Capacity, capacityOf } from './capacity.ts'
import { exactly, type Figures, type Values, valuesOf } from './figure.ts'
import { busiestShare } from './imbalance.ts'
import { simulateLane } from './lane-simulation.ts'
import { loadOf } from './load.ts'
import { costPerThousand, headroomBySessions, queueByOutage } from './plan-curves.ts'
import { onlyMode } from './push-mix.ts'
import { lossTable, whatIfTable } from './what-if.ts'

const values: Values = {
  sessions: 100_000,
  pingIntervalMs: 1_800_000,
  messagesPerSecond: 100,
  agentMessagesPerSecond: 0,
  pushesPerMessage: 1,
  sessionLengthMs: Number.POSITIVE_INFINITY,
  talkVariation: 1,
  pushMs: 5,
  pushVariation: 0,
  timeoutShare: 0,
  timeoutMs: 5_000,
  unconfirmedShare: 0,
  resendDelayMs: 15_000,
  resendAttempts: 10,
  headroom: 0.3,
  cores: 1,
  memoryBytes: 4 * 1_024 ** 3,
  outageMs: 60_000,
}
const reliable = onlyMode('reliable')
const capacity = (changed: Partial<Values> = {}, mix = reliable) =>
  capacityOf({ ...values, ...changed }, mix) as Capacity

describe('what has to be carried', () => {
  it('[CS-131] 100,000 sessions that ping every 30 minutes are 55.6 pings a second', () => {
    expect(loadOf(values, reliable).pings).toBeCloseTo(55.56, 2)
  })

  it('a reliable push is followed by a refresh, one with payload is not', () => {
    const requests = (mode: 'reliable' | 'device-id' | 'payload' | 'off') => loadOf(values, onlyMode(mode)).requests
    const [reliable, deviceId, payload, off] = (['reliable', 'device-id', 'payload', 'off'] as const).map(requests)
    expect([reliable! - payload!, deviceId! - payload!, payload! - off!]).toEqual([100, 100, 0])
  })

  it('[CS-062] repetitions are pushes and refreshes, too', () => {
    const load = loadOf({ ...values, unconfirmedShare: 0.5, resendAttempts: 1 }, reliable)
    expect([load.pushes, load.refreshes, load.reliableEvents]).toEqual([150, 150, 100])
  })

  it('a chat that ends is two requests and two events', () => {
    const load = loadOf(
      { ...values, pingIntervalMs: 0, messagesPerSecond: 0, sessionLengthMs: 1e6 },
      onlyMode('payload'),
    )
    expect(load).toMatchObject({ starts: 100, pushes: 200, requests: 200, operations: 400 })
  })
})

describe('how many machines', () => {
  it('[PUSH-072] the push lane: 200 pushes a second and node, of which 30 % stay free', () => {
    const nodes = [100, 139, 145, 1_390].map(messagesPerSecond => capacity({ messagesPerSecond }).nodes)
    expect([capacity().laneRate, nodes]).toEqual([200, [1, 1, 2, 11]])
  })

  it('[PUSH-076] one push in a hundred that hangs for 5 s leaves 18 a second', () => {
    const answer = capacity({ timeoutShare: 0.01 })
    expect([Math.round(answer.laneRate), answer.nodes]).toEqual([18, 9])
  })

  it('CPU, memory and a limit of sessions, each where it is known', () => {
    const answer = capacity({ cpuMs: 4, cores: 2, sessionBytes: 1_024 ** 2, sessionsPerChatServer: 1_000 })
    expect(answer.limits.map(({ name, of, needs }) => [name, of, needs])).toEqual([
      ['push lane', 'GMS node', 1],
      // (100 messages + 100 pushes + 100 refreshes + 55.6 pings) × 4 ms on 2 cores
      ['CPU', 'GMS node', 2],
      ['CPU', 'Chat Server', 2],
      ['memory', 'Chat Server', 37],
      ['sessions', 'Chat Server', 162],
    ])
    expect([answer.nodes, answer.chatServers]).toEqual([2, 162])
  })

  it('no installation keeps all of its limits free', () => {
    expect(capacityOf({ ...values, messagesPerSecond: 1e9 }, reliable)).toEqual({
      error: expect.stringContaining('no number of GMS nodes up to 100,000'),
    })
  })
})

it('an interval is taken from the ends that need the fewest and the most machines', () => {
  const figures = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, exactly(value, 'given', '')]),
  ) as Figures
  figures.pushMs = { ...figures.pushMs, low: 4, high: 8 }
  figures.memoryBytes = { ...figures.memoryBytes, low: 1, high: 9 }
  const [best, worst] = [valuesOf(figures, 'best'), valuesOf(figures, 'worst')]
  expect([best.pushMs, best.memoryBytes, worst.pushMs, worst.memoryBytes]).toEqual([4, 9, 8, 1])
})

it('what-if: each row changes one thing', () => {
  const rows = whatIfTable({ ...values, messagesPerSecond: 130 }, reliable, ms => `${ms} ms`)
  const shown = rows.map(({ what, capacity: row }) => [
    what,
    (row as Capacity).nodes,
    Math.round((row as Capacity).load.requests),
  ])
  expect(shown).toEqual([
    ['receiver answers in half the time (2.5 ms)', 1, 316],
    ['receiver takes twice the time (10 ms)', 2, 316],
    ['1 % of the POSTs hang for 5000 ms', 11, 317],
    ['flex-push-resend-delay 60000 ms', 1, 316],
    ['flex-push-resend-attempts 2', 1, 316],
    ['pushes with payload, never repeated', 1, 186],
    ['ping interval 900000 ms', 1, 371],
    ['ping interval 3600000 ms', 1, 288],
  ])
})

it('sessions stay with their node: the fewer and the more uneven they are, the more nodes it takes', () => {
  const nodes = (sessions: number, talkVariation: number) =>
    capacity({ sessions, talkVariation, messagesPerSecond: 680, pingIntervalMs: 0 }).nodes
  expect([nodes(100_000, 1), nodes(500, 0), nodes(500, 1), nodes(500, 10)]).toEqual([5, 6, 7, 10])
  expect(capacity({ sessions: 500, messagesPerSecond: 690 }).busiestNode).toBeGreaterThan(1.3)
})

it('N + 1: what is left when a machine fails carries all sessions, unless none is left', () => {
  const asked = { ...values, messagesPerSecond: 260, sessionsPerChatServer: 60_000 }
  const whole = capacityOf(asked, reliable) as Capacity
  const [node, server] = lossTable(asked, reliable, whole).map(({ capacity: row }) => row as Capacity)
  expect([whole.nodes, node!.nodes, server!.nodes]).toEqual([2, 1, 2])
  expect([whole.laneLoad, node!.laneLoad, server!.laneLoad].map(load => Math.round(load * 10) / 10)).toEqual([
    0.7, 1.3, 0.7,
  ])
  const most = ({ limits }: Capacity) => limits.find(({ name }) => name === 'sessions')!.used
  expect(most(server!) / most(whole)).toBeCloseTo(whole.chatServers / (whole.chatServers - 1), 1)
  const none = lossTable(values, reliable, { nodes: 1, chatServers: 1 }).map(({ capacity: row }) => row)
  expect(none).toEqual([{ error: expect.stringContaining('none') }, { error: expect.stringContaining('none') }])
})

it('a million sessions on seven nodes: lanes and wait of the busiest as in the simulation', () => {
  // Sessions are dealt by chance and stay; each node is simulated with those that it got.
  const sessions = 1_000_000
  const answer = capacity({ sessions, messagesPerSecond: 950 })
  expect(answer.nodes).toBe(7)
  const lanes = Array.from({ length: answer.nodes }, (_, node) => {
    const own = Math.round((sessions / 7) * (1 + (node - 3) * 0.0005))
    return simulateLane({
      ...{
        seed: node,
        sessions: own,
        eventsPerSecond: (950 * own) / sessions,
        pushTime: { kind: 'const', valueMs: 5 },
      },
      ...{
        resend: { delayMs: 15_000, attempts: 10, confirmMs: 20, unconfirmed: 0 },
        durationMs: 3_000_000,
        warmUpMs: 0,
      },
    })
  })
  const busiest = lanes.reduce((most, lane) => (lane.load > most.load ? lane : most))
  expect(lanes.reduce((sum, lane) => sum + lane.sessionsTouched, 0)).toBeGreaterThan(900_000)
  expect(Math.abs(busiest.load / answer.laneLoad - 1)).toBeLessThan(0.05)
  const meanWaitMs = lanes.reduce((sum, lane) => sum + lane.meanWaitMs, 0) / lanes.length
  expect(Math.abs(meanWaitMs / answer.meanWaitMs - 1)).toBeLessThan(0.05)
})

it('of sessions dealt by chance the busiest node carries no more than the model says, in the mean', () => {
  // Activity is exponentially distributed; 40 deals of 2,000 sessions on 5 nodes.
  let state = 1
  const uniform = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const greatest = Array.from({ length: 40 }, () => {
    const nodes = [0, 0, 0, 0, 0]
    for (let session = 0; session < 2_000; session += 1) nodes[Math.floor(uniform() * 5)]! -= Math.log(1 - uniform())
    return (Math.max(...nodes) / nodes.reduce((sum, load) => sum + load, 0)) * 5
  })
  const mean = greatest.reduce((sum, share) => sum + share, 0) / greatest.length
  expect(mean).toBeGreaterThan(1.04)
  expect(mean).toBeLessThan(busiestShare(2_000, 5, 1))
  expect(busiestShare(2_000, 5, 1)).toBeLessThan(1.15)
})

describe('pictures of an answer', () => {
  it('headroom of the lane falls with the sessions, below zero where the nodes are too few', () => {
    const [half, same, double] = headroomBySessions(
      values,
      reliable,
      { nodes: 1, chatServers: 1 },
      [50_000, 100_000, 250_000],
    )[0]!.points
    expect([half![1], same![1], double![1]].map(share => Math.round(share * 100) / 100)).toEqual([0.75, 0.5, -0.25])
  })

  it('[CS-060] the queue after an outage bends at each repetition', () => {
    const queues = queueByOutage(values, reliable, 1, [15_000, 30_000]).map(([, queued]) => Math.round(queued / 100))
    expect(queues).toEqual([15, 45])
  })

  it('machines per 1,000 sessions fall until the first of them is full', () => {
    const points = costPerThousand(values, reliable, [10_000, 100_000, 1_000_000]).map(point => point.perThousand)
    expect(points).toEqual([0.2, 0.02, expect.closeTo(0.009, 3)])
  })
})
