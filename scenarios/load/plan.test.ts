import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownShards, shardsOf } from '../options/shards.ts'
import { parseOptions } from '../options.ts'
import { createModeOf } from './mode-mix.ts'
import { phaseOf, phasesOf } from './phases.ts'
import { createPlan, type PlannedSession, type ShardPlan } from './plan.ts'

function optionsOf(pairs: Record<string, string>) {
  const { options, errors } = parseOptions(Object.entries(pairs))
  if (errors) throw new Error(errors.join('\n'))
  return options
}

const startMs = 1_000_000
function plansOf(pairs: Record<string, string>, shards = 1, seed = 1, hasAgent = true): ShardPlan[] {
  const options = optionsOf(pairs)
  return Array.from({ length: shards }, (_, shard) => createPlan(options, { shard, shards, seed, startMs, hasAgent }))
}

function startsOf(plan: ShardPlan): PlannedSession[] {
  const starts: PlannedSession[] = []
  for (let next = plan.nextStart(plan.phases.drainMs); next; next = plan.nextStart(plan.phases.drainMs))
    starts.push(next)
  return starts
}

function messagesOf(plan: ShardPlan) {
  const messages: { plannedMs: number; slot: number }[] = []
  for (let next = plan.nextMessage(Number.POSITIVE_INFINITY); next; next = plan.nextMessage(Number.POSITIVE_INFINITY)) {
    messages.push(next)
  }
  return messages
}

test('phases follow from arrival, warm-up and hold', () => {
  const phases = phasesOf(optionsOf({ sessions: '100', arrival: '50/s', 'warm-up': '3s', hold: '10s' }), 1_000)
  expect(phases).toEqual({ startMs: 1_000, arrivedMs: 3_000, steadyMs: 6_000, drainMs: 16_000 })
  expect([1_000, 5_999, 6_000, 15_999, 16_000].map(at => phaseOf(at, phases))).toEqual([
    'warm-up',
    'warm-up',
    'steady',
    'steady',
    'drain',
  ])
})

test('sessions start at the arrival rate, striped over the shards', () => {
  const plans = plansOf({ sessions: '10', arrival: '5/s' }, 3)
  const starts = plans.map(plan => startsOf(plan).map(start => start.plannedMs - startMs))
  expect(starts).toEqual([
    [0, 600, 1_200, 1_800],
    [200, 800, 1_400],
    [400, 1_000, 1_600],
  ])
})

test('nothing starts before its planned instant', () => {
  const [plan] = plansOf({ sessions: '3', arrival: '10/s' })
  expect(plan!.nextStart(startMs - 1)).toBeUndefined()
  expect(plan!.nextStart(startMs)?.session).toBe(0)
  expect(plan!.nextStart(startMs + 99)).toBeUndefined()
})

test('customer messages come at the rate over all shards, from the last start to the drain', () => {
  const plans = plansOf({ sessions: '40', arrival: '20/s', 'warm-up': '1s', hold: '4s', 'message-rate': '10/s' }, 3)
  const messages = plans.flatMap(messagesOf)
  const instants = messages.map(each => each.plannedMs - startMs).toSorted((a, b) => a - b)
  expect(instants).toEqual(Array.from({ length: 50 }, (_, i) => 2_000 + i * 100))
  expect(new Set(messages.map(each => each.slot)).size).toBeGreaterThan(8)
})

test('the same seed plans the same, another seed something else', () => {
  const all = (seed: number) => {
    const [plan] = plansOf({ 'session-length': 'exp(5s)', 'ping-interval': '10s' }, 1, seed)
    const starts = startsOf(plan!)
    return JSON.stringify([starts, messagesOf(plan!), starts.map(each => plan!.firstPing(each))])
  }
  expect(all(1)).toBe(all(1))
  expect(all(1)).not.toBe(all(2))
})

test('of 20 sessions one is ended by its customer and one by the agent, late in the hold', () => {
  const [plan] = plansOf({ sessions: '200', arrival: '100/s', 'warm-up': '1s', hold: '10s' })
  const starts = startsOf(plan!)
  const by = (who: PlannedSession['endsBy']) => starts.filter(each => each.endsBy === who)
  expect([starts.length, by('customer').length, by('agent').length, by('drain').length]).toEqual([200, 10, 10, 180])
  const { drainMs } = plan!.phases
  for (const { endsMs } of [...by('customer'), ...by('agent')]) {
    expect(endsMs >= drainMs - 2_000 && endsMs < drainMs).toBe(true)
  }
})

test.each([
  ['without an agent', {}, false],
  ['without pushes, which would tell of the close,', { push: 'off' }, true],
] as const)('%s only customers end chats', (_name, pairs, hasAgent) => {
  for (const extra of [{}, { 'session-length': 'exp(2s)' }]) {
    const [plan] = plansOf({ sessions: '100', arrival: '100/s', ...pairs, ...extra }, 1, 1, hasAgent)
    expect(startsOf(plan!).some(each => each.endsBy === 'agent')).toBe(false)
  }
})

test('with a session length each session that ends has a successor from that instant on', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, shards) => {
      const pairs = { sessions: '20', arrival: '10/s', 'warm-up': '1s', hold: '20s', 'session-length': 'exp(4s)' }
      for (const plan of plansOf(pairs, shards, seed)) {
        const starts = startsOf(plan)
        expect(starts.map(each => each.session).toSorted((a, b) => a - b)).toEqual(starts.map((_, i) => i))
        expect(starts.map(each => each.plannedMs)).toEqual(starts.map(each => each.plannedMs).toSorted((a, b) => a - b))
        for (let slot = 0; slot < plan.slots; slot++) {
          const chain = starts.filter(each => each.slot === slot)
          expect(chain.slice(1).map(each => each.plannedMs)).toEqual(chain.slice(0, -1).map(each => each.endsMs))
          expect(chain.at(-1)).toMatchObject({ endsBy: 'drain', endsMs: plan.phases.drainMs })
        }
      }
    }),
    { numRuns: 20 },
  )
})

test('[CS-131] pings of 100,000 sessions at 30 minutes make 55.6/s and are spread', () => {
  const pairs = { sessions: '100000', arrival: '10000/s', 'warm-up': '0', hold: '2h', 'ping-interval': '30m' }
  const [plan] = plansOf(pairs)
  const perMinute = new Float64Array(121)
  for (const session of startsOf(plan!)) {
    for (let at = plan!.firstPing(session); at !== undefined; at = plan!.pingAfter(at)) {
      perMinute[Math.floor((at - startMs) / 60_000)]!++
    }
  }
  const rates = [...perMinute.slice(1, 119)].map(count => count / 60)
  expect(rates.reduce((sum, each) => sum + each) / rates.length).toBeCloseTo(55.6, 0)
  expect(Math.max(...rates)).toBeLessThan(60)
  expect(Math.min(...rates)).toBeGreaterThan(51)
})

test('[CS-130] without a ping interval there are no pings', () => {
  const [plan] = plansOf({ 'ping-interval': '0' })
  expect(startsOf(plan!).every(session => plan!.firstPing(session) === undefined)).toBe(true)
})

test('the shares of a mode mix are exact, and the modes alternate over the shards', () => {
  const half = createModeOf(optionsOf({ push: 'reliable:0.5,payload:0.5' }).push, 2)
  expect([half(0, 0), half(1, 0), half(0, 1), half(1, 1)]).toEqual(['reliable', 'payload', 'reliable', 'payload'])
  const mixed = createModeOf(optionsOf({ push: 'reliable:0.7,off:0.2,device-id:0.1' }).push, 1)
  const counts = new Map<string, number>()
  for (let session = 999; session >= 0; session--) {
    counts.set(mixed(0, session), (counts.get(mixed(0, session)) ?? 0) + 1)
  }
  expect(Object.fromEntries(counts)).toEqual({ reliable: 700, off: 200, 'device-id': 100 })
})

test('the mode of a session follows from its numbers alone, also of a successor', () => {
  const pairs = { push: 'reliable:0.3,payload:0.7', sessions: '30', arrival: '30/s', 'session-length': 'exp(2s)' }
  const modeOf = createModeOf(optionsOf(pairs).push, 2)
  plansOf(pairs, 2).forEach((plan, shard) => {
    for (const start of startsOf(plan)) expect(start.mode).toBe(modeOf(shard, start.session))
  })
})

test('shards follow from the sessions unless given', () => {
  const shards = (pairs: Record<string, string>) => shardsOf(optionsOf(pairs))
  expect(
    [{ sessions: '1' }, { sessions: '2000' }, { sessions: '9500' }, { sessions: '90000' }, { shards: '7' }].map(shards),
  ).toEqual([1, 2, 10, 16, 7])
})

test('every shard belongs to one part, and does there what it does without parts', () => {
  const pairs = { sessions: '40', seed: '7', shards: '7', target: 'http://a', receiver: 'http://b' }
  const partsOf = (of: number) =>
    Array.from({ length: of }, (_, k) => ownShards(optionsOf({ ...pairs, part: `${k + 1}/${of}` }), 7))
  expect(partsOf(3)).toEqual([
    [0, 3, 6],
    [1, 4],
    [2, 5],
  ])
  expect(ownShards(optionsOf({}), 3)).toEqual([0, 1, 2])
  for (const of of [1, 2, 5, 7]) expect(partsOf(of).flat().toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6])
  const everything = (options: Record<string, string>, shard: number) => {
    const plan = createPlan(optionsOf(options), { shard, shards: 7, seed: 7, startMs, hasAgent: false })
    return [startsOf(plan), messagesOf(plan)]
  }
  for (const shard of partsOf(3)[1]!)
    expect(everything({ ...pairs, part: '2/3' }, shard)).toEqual(everything(pairs, shard))
})

test('the next instant is that of the start or message that comes first', () => {
  const [plan] = plansOf({ sessions: '3', arrival: '1/s', 'warm-up': '0s', hold: '2s', 'message-rate': '2/s' })
  const instants: number[] = []
  for (let at = plan!.nextMs(); at < Number.POSITIVE_INFINITY; at = plan!.nextMs()) {
    expect([plan!.nextStart(at - 0.001), plan!.nextMessage(at - 0.001)]).toEqual([undefined, undefined])
    instants.push(at - startMs)
    while (plan!.nextStart(at));
    while (plan!.nextMessage(at));
  }
  expect(instants).toEqual([0, 1_000, 2_000, 3_000, 3_500, 4_000, 4_500])
})
