import { describe, expect, test } from 'vitest'
import { type PushMode, pushModes } from '../protocol/push/mode.ts'
import { seededUniform } from '../protocol/seeded.ts'
import { differences } from './book-differences.ts'
import type { Facts } from './facts.ts'
import { fakeBooks, framesOf } from './fake-books.ts'
import { fakeHistory } from './fake-history.ts'
import type { Pick } from './falsification.ts'
import { falsifications } from './falsifications.ts'
import { getOrMake } from './get-or-make.ts'

/** Which event is touched, and all that happens around it. */
const seed = 1

const clean = new Map<string, Promise<Facts>>()
function cleanBooks(mode: PushMode, notifyRequestor: boolean): Promise<Facts> {
  return getOrMake(clean, `${mode} ${notifyRequestor}`, () => {
    const history = fakeHistory({ seed, mode, notifyRequestor })
    return fakeBooks(framesOf(history), history)
  })
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

describe.each(falsifications)('$name', ({ name, notifyRequestor = false, touch, touchFrames, found }) => {
  test.each(Object.keys(found) as PushMode[])('%s', async mode => {
    const history = () => fakeHistory({ seed, mode, notifyRequestor })
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
