import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createManualClock } from '../time/manual-clock.ts'
import { createDeadlines } from './deadlines.ts'
import type { Session } from './session.ts'

const makeSession = (chatId: string) =>
  ({ chatId, lifeAtMs: 0, idleAtMs: 0, resendAtMs: 0, queuedForMs: 0, heapIndex: -1 }) as Session

test('each session has at most one entry, whatever its deadlines do, and all sessions share one timer', () => {
  const clock = createManualClock(0)
  let timers = 0
  const counting = {
    now: clock.now,
    at(atMs: number, task: () => void) {
      timers++
      const cancel = clock.at(atMs, () => {
        timers--
        task()
      })
      return () => {
        timers--
        cancel()
      }
    },
  }
  const deadlines = createDeadlines(counting, (session, nowMs) => {
    if (session.lifeAtMs <= nowMs) session.lifeAtMs = 0
  })
  const sessions = Array.from({ length: 100 }, (_, i) => makeSession(`${i}`))
  for (let round = 1; round <= 10; round++) {
    for (const session of sessions) {
      session.lifeAtMs = round * 1_000
      deadlines.update(session)
      expect(timers).toBe(1)
    }
  }
  expect(deadlines.next()).toBe(1_000)
  clock.advance(1_000)
  expect([deadlines.next(), timers]).toEqual([10_000, 1])
  clock.advance(9_000)
  expect([deadlines.next(), timers]).toEqual([undefined, 0])
})

const change = fc.record({ who: fc.nat(4), which: fc.nat(2), inMs: fc.nat(50), wait: fc.nat(20) })

test('every deadline falls due at its instant for any order of changes', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), changes => {
      const clock = createManualClock(0)
      const names = ['lifeAtMs', 'idleAtMs', 'resendAtMs'] as const
      const late: number[] = []
      const deadlines = createDeadlines(clock, (session, nowMs) => {
        for (const name of names) {
          if (session[name] === 0 || session[name] > nowMs) continue
          late.push(nowMs - session[name])
          session[name] = 0
        }
      })
      const sessions = Array.from({ length: 5 }, (_, i) => makeSession(`${i}`))
      for (const { who, which, inMs, wait } of changes) {
        sessions[who]![names[which]!] = inMs === 0 ? 0 : clock.now() + inMs
        deadlines.update(sessions[who]!)
        clock.advance(wait)
      }
      clock.advance(100)
      expect(late.every(ms => ms === 0)).toBe(true)
      expect(sessions.every(session => names.every(name => session[name] === 0))).toBe(true)
    }),
    { numRuns: 300 },
  )
})
