import { describe, expect, test } from 'vitest'
import { type PushMode, pushModes } from '../protocol/push/mode.ts'
import { seededUniform } from '../protocol/seeded.ts'
import { differences } from './book-differences.ts'
import type { Facts } from './facts.ts'
import { fakeBooks, framesOf } from './fake-books.ts'
import { fakeCometHistory } from './fake-comet-history.ts'
import { type FakeHistory, fakeHistory } from './fake-history.ts'
import type { Pick } from './falsification.ts'
import { falsifications } from './falsifications.ts'
import { getOrMake } from './get-or-make.ts'

/** Which event is touched, and all that happens around it. */
const seed = 1

const clean = new Map<string, Promise<Facts>>()
function cleanBooks(mode: Mode, notifyRequestor: boolean): Promise<Facts> {
  return getOrMake(clean, `${mode} ${notifyRequestor}`, () => {
    const history = historyOf(mode, notifyRequestor)
    return fakeBooks(framesOf(history), history)
  })
}

type Mode = PushMode | 'comet'
function historyOf(mode: Mode, notifyRequestor = false): FakeHistory {
  return mode === 'comet' ? fakeCometHistory(seed) : fakeHistory({ seed, mode, notifyRequestor })
}

test.each(pushModes)('the untouched history is without fault (%s)', async mode => {
  for (const notifyRequestor of [false, true]) {
    const history = fakeHistory({ seed, mode, notifyRequestor })
    const { rules, ledger, counters } = await cleanBooks(mode, notifyRequestor)
    expect(rules).toEqual([])
    expect(ledger).toMatchObject({ imbalances: [], lost: 0, covered: 0, duplicate: 0, foreign: 0 })
    expect(ledger.expected + history.rows.length).toBeGreaterThan(200)
    expect(counters).toMatchObject({ requests_failed: 0, pushes_out_of_order: 0 })
  }
})

test('the untouched history of chats over CometD is without fault', async () => {
  const { rules, ledger, counters, metrics } = await cleanBooks('comet', false)
  expect(rules).toEqual([])
  expect(ledger).toMatchObject({ imbalances: [], lost: 0, covered: 10, duplicate: 0, foreign: 0 })
  expect(counters).toMatchObject({ requests_failed: 0, connections_resumed: 5, notifications_out_of_order: 0 })
  // What a customer hears late because we cut it off is in no latency.
  expect(metrics.notification_latency!.all!.count).toBe(ledger.delivered - 5 + 4)
})

describe.each(falsifications)('$name', ({ name, notifyRequestor = false, touch, touchFrames, found }) => {
  test.each(Object.keys(found) as Mode[])('%s', async mode => {
    const history = () => historyOf(mode, notifyRequestor)
    const uniform = seededUniform(seed, `${name} ${mode}`)
    const pick: Pick = places => {
      if (places.length === 0) throw new Error(`no place for it in the history of seed ${seed}`)
      return places[Math.floor(uniform() * places.length)]!
    }
    const touched = history()
    touch?.(touched, pick)
    const frames = framesOf(touched)
    touchFrames?.(frames, pick)
    const all = differences(await cleanBooks(mode, notifyRequestor), await fakeBooks(frames, history()))
    expect(all).toEqual(found[mode])
    expect(all).not.toEqual({})
  })
})
