import fc from 'fast-check'
import { expect, test } from 'vitest'
import { transports } from '../../protocol/bayeux/message.ts'
import { createWorld } from './world.ts'

const ms = fc.integer({ min: 0, max: 6_000 })
const step = fc.oneof(
  fc.record({ does: fc.constant('deliver' as const), ms: fc.oneof(fc.nat(50), ms) }),
  fc.record({ does: fc.constant('publish' as const), ms: fc.oneof(fc.nat(50), ms) }),
  fc.record({ does: fc.constant('cut' as const), isTold: fc.boolean(), ms }),
  fc.record({ does: fc.constant('restart' as const), ms }),
  fc.record({ does: fc.constant('silence' as const), lastsMs: fc.integer({ min: 0, max: 30_000 }), ms }),
  fc.record({ does: fc.constant('down' as const), lastsMs: fc.integer({ min: 0, max: 30_000 }), ms }),
  fc.record({
    does: fc.constant('slow' as const),
    delaysMs: fc.tuple(fc.nat(50), fc.integer({ min: 50, max: 3_000 })),
    ms,
  }),
)

test.each(transports)(
  '[BX-150] [BX-174] [CV2-131] %s: whatever the network does, nothing is lost or doubled by our client, and it comes back',
  transport => {
    fc.assert(
      fc.property(fc.nat(), fc.array(step, { maxLength: 25 }), (seed, steps) => {
        const world = createWorld(transport, seed)
        const { time, weather } = world
        for (const each of steps) {
          time.run(time.now() + each.ms)
          if (each.does === 'deliver') world.deliver()
          else if (each.does === 'publish') world.publish()
          else if (each.does === 'cut') world.cut(each.isTold)
          else if (each.does === 'restart') world.restart()
          else if (each.does === 'slow') weather.delaysMs = each.delaysMs
          else {
            const member = each.does === 'silence' ? 'isSilent' : 'isDown'
            weather[member] = true
            time.run(time.now() + each.lastsMs)
            weather[member] = false
          }
        }
        // The network is well again: longer than any hold time, wait and backoff together.
        weather.delaysMs = [1, 20]
        time.run(time.now() + 400_000)
        expect(world.client.state).toBe('connected')
        // What waited has come, and what was written into a dead connection is all that may be missing.
        world.deliver()
        world.publish()
        time.run(time.now() + 5_000)
        expect(world.problems()).toEqual([])
        world.leave()
        time.run(time.now() + 20_000)
        expect(world.states.at(-1)).toBe('ended: left')
      }),
      { numRuns: 60 },
    )
  },
)

test('[BX-113] a session that expired while the network was silent is made anew, and its service hears of it', () => {
  const world = createWorld('long-polling', 1)
  world.time.run(1_000)
  world.weather.isSilent = true
  world.time.run(60_000)
  world.weather.isSilent = false
  world.time.run(200_000)
  expect(world.client.session).toBe(2)
  expect(world.states.filter(state => state === 'connecting').length).toBe(2)
})

test.each(transports)(
  '[BX-116] %s: whenever the server ends a session, our client hears so and asks for nothing more',
  transport => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 100, max: 9_000 }), (seed, atMs) => {
        const world = createWorld(transport, seed)
        world.time.run(atMs)
        world.deliver()
        // Over HTTP its refusal may overtake the farewell, and then there is a new session.
        if (transport === 'websocket') world.publish()
        world.dismiss()
        world.time.run(atMs + 20_000)
        expect(world.states.at(-1)).toBe('ended: ended by the server')
        expect(world.client.session).toBe(1)
        expect(world.problems()).toEqual([])
      }),
      { numRuns: 60 },
    )
  },
)
