import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type History, historyOf, type Item, isPushed, modes, told, written } from './ledger.samples.ts'
import { createLedger } from './ledger.ts'
import { balanced } from './ledger-counts.ts'
import type { SeenAnswer, SeenEvent, SeenPost } from './session-ledger.ts'

/** In each mode; a failure prints the seed and the least history that still fails. */
const runs = { numRuns: 10_000, seed: 20_261_121 }
const isBalanced = (counts: ReturnType<typeof told>) => balanced(counts, [], []).imbalances

const say = (who: 'agent' | 'customer' = 'agent') => ({ does: 'say', who, postDelay: 0 }) as const
const pull = (isTriggered = false) => ({ does: 'pull', isTriggered, isFromStart: false }) as const
const posts = (items: readonly Item[]) => items.filter(item => 'post' in item)

describe.each(modes)('a target that makes no mistake (%s)', mode => {
  test('every pushed event is delivered once, however answers and pushes interleave', () => {
    fc.assert(
      fc.property(historyOf(mode), sample => {
        const counts = told(sample, sample.items)
        const { expected, delivered, lost, duplicate, foreign, outOfOrder, posts } = counts
        expect({ expected, delivered, lost, duplicate, foreign, outOfOrder, posts }).toEqual({
          expected: sample.pushed,
          delivered: sample.pushed,
          lost: 0,
          duplicate: 0,
          foreign: 0,
          outOfOrder: 0,
          posts: sample.pushed,
        })
        expect(isBalanced(counts)).toEqual([])
      }),
      runs,
    )
  })

  test('answers and pushes that arrive over two sockets in any order give the same counts', () => {
    fc.assert(
      fc.property(historyOf(mode), fc.infiniteStream(fc.nat(6)), (sample, delays) => {
        const late = delays[Symbol.iterator]()
        const shifted = sample.items
          .map(item => ({ item, at: item.at + ('answer' in item ? late.next().value! : 0) }))
          .sort((a, b) => a.at - b.at)
        const { expected, delivered, lost, duplicate, foreign } = told(
          sample,
          shifted.map(({ item }) => item),
        )
        expect({ expected, delivered, lost, duplicate, foreign }).toEqual({
          expected: sample.pushed,
          delivered: sample.pushed,
          lost: 0,
          duplicate: 0,
          foreign: 0,
        })
      }),
      runs,
    )
  })

  test('balances whatever arrives', () => {
    const anyPosts = fc.array(
      fc.record({
        at: fc.nat(40),
        index: fc.nat(40),
        attempt: fc.nat(2),
        type: fc.constantFrom('Message', 'TypingStarted'),
      }),
    )
    fc.assert(
      fc.property(historyOf(mode), anyPosts, fc.infiniteStream(fc.boolean()), (sample, noise, keeps) => {
        const kept = sample.items.filter(item => 'answer' in item || keeps.next().value)
        const invented = noise.map(({ at, index, attempt, type }): Item => {
          const event = { index, type, isOwn: false }
          const post: SeenPost = { receivedMs: at, mode: sample.mode, event, attempt, nextPosition: index + 1 }
          return { at, post }
        })
        const items = [...kept, ...invented].sort((a, b) => a.at - b.at)
        expect(isBalanced(told(sample, items))).toEqual([])
        expect(isBalanced(told(sample, items, {}, true))).toEqual([])
      }),
      runs,
    )
  })
})

/** One event of a correct history is touched; the counts must tell it. */
interface Falsification {
  name: string
  modes: History['mode'][]
  touch(items: Item[], post: Item & { post: SeenPost }): Item[]
  found: Partial<ReturnType<typeof told>>
}

const steps = [say(), say('customer'), pull(), say(), say(), pull(true), say(), say(), pull(), say(), say()]
const falsifications: Falsification[] = [
  { name: 'a push dropped', modes: ['payload', 'device-id'], touch: without, found: { lost: 1 } },
  {
    name: 'a notice dropped, its content seen by a plain refresh only',
    modes: ['reliable'],
    touch: without,
    found: { lost: 1 },
  },
  {
    name: 'a push doubled at once',
    modes: ['payload', 'reliable', 'device-id'],
    touch: (items, post) => doubled(items, post, 0.0001),
    found: { duplicate: 1 },
  },
  {
    name: 'a push doubled at the very end',
    modes: ['payload', 'reliable'],
    touch: (items, post) => doubled(items, post, 100),
    found: { duplicate: 1 },
  },
  {
    name: 'a push of an index that no answer lists',
    modes: ['payload'],
    touch: (items, post) => moved(items, post, { event: { ...post.post.event!, index: 99 } }, true),
    found: { lost: 1, foreign: 1, outOfOrder: 1 },
  },
  {
    name: 'own activity pushed without NotifyRequestor',
    modes: ['payload'],
    touch: (items, post) => added(items, post, { event: { index: 3, type: 'Message', isOwn: true } }),
    found: { foreign: 1 },
  },
  {
    name: 'a push of another mode',
    modes: ['payload', 'reliable'],
    touch: (items, post) => added(items, post, { mode: 'device-id' }),
    found: { foreign: 1 },
  },
  {
    name: 'typing announced in reliable mode',
    modes: ['reliable'],
    touch: (items, post) => added(items, post, { event: { index: 4, type: 'TypingStarted', isOwn: false } }),
    found: { foreign: 1 },
  },
  {
    name: 'a push swapped with its neighbour',
    modes: ['payload', 'reliable'],
    touch: swapped,
    found: { outOfOrder: 1 },
  },
  {
    name: 'a notice repeated',
    modes: ['reliable'],
    touch: (items, post) => added(items, post, { attempt: 1 }),
    found: { repeated: 1 },
  },
  {
    name: 'a notice whose first attempt never came',
    modes: ['reliable'],
    touch: (items, post) => moved(items, post, { attempt: 1 }),
    // The repetition is then its first POST.
    found: {},
  },
  {
    name: 'a push after the transcript, announced by itself',
    modes: ['payload'],
    touch: (items, post) => added(items, post, { event: { index: 200, type: 'Message', isOwn: false } }, 100),
    found: {},
  },
]

describe('one event falsified is found', () => {
  for (const { name, modes, touch, found } of falsifications)
    for (const mode of modes)
      test(`${name} (${mode})`, () => {
        const sample = written(mode, false, steps, false)
        const all = posts(sample.items) as (Item & { post: SeenPost })[]
        for (const post of all.slice(0, -1)) {
          const counts = told(sample, touch([...sample.items], post))
          const told2 = {
            lost: counts.lost,
            duplicate: counts.duplicate,
            foreign: counts.foreign,
            repeated: counts.repeated,
            outOfOrder: counts.outOfOrder,
          }
          const expected = { lost: 0, duplicate: 0, foreign: 0, repeated: 0, outOfOrder: 0, ...found }
          // Covered instead of lost where a triggered refresh showed the content.
          if (mode === 'reliable' && counts.covered > 0) expected.lost -= counts.covered
          expect(told2).toEqual(expected)
          expect(isBalanced(counts)).toEqual([])
        }
      })
})

describe('single facts', () => {
  test('an event missing in one refresh and shown by the last one is expected once', () => {
    const sample = written('payload', false, [say(), pull(), say(), pull()], false)
    const lame = sample.items.map(item =>
      'answer' in item && item.at < 5
        ? { ...item, answer: { ...item.answer, events: item.answer.events.filter(e => e.index !== 2) } }
        : item,
    )
    expect(told(sample, lame)).toMatchObject({ expected: 2, delivered: 2, duplicate: 0, foreign: 0 })
  })

  test('a notice lost and its content seen by the refresh of another notice is covered', () => {
    const sample = written('reliable', false, [say(), say(), pull(true)], false)
    const first = posts(sample.items)[0]!
    expect(told(sample, without(sample.items, first))).toMatchObject({ expected: 2, delivered: 1, covered: 1, lost: 0 })
  })

  test('device-id sessions whose counts differ give counts and no latency', () => {
    const sample = written('device-id', false, [say(), say(), say()], false)
    let latencies = 0
    const sink = { delivered: () => (latencies += 1) }
    expect(told(sample, without(sample.items, posts(sample.items)[1]!), sink)).toMatchObject({ delivered: 2, lost: 1 })
    expect(latencies).toBe(0)
    expect(told(sample, sample.items, sink)).toMatchObject({ delivered: 3 })
    expect(latencies).toBe(3)
  })

  test('[PUSH-023] the own leave is expected with NotifyRequestor, and lost when it does not come', () => {
    const sample = written('payload', true, [say('customer')], true)
    expect(told(sample, sample.items)).toMatchObject({ expected: 3, delivered: 3 })
    expect(told(sample, without(sample.items, posts(sample.items).at(-1)!))).toMatchObject({ expected: 3, lost: 1 })
  })

  test('on a target that is not ours a kind that is never pushed is reported once, a Message is lost', () => {
    const ledger = createLedger<string>({ isPushed, notifiesRequestor: false, isLenient: true, observeMs: 1_000 })
    const session = ledger.open('0.0', 'payload')
    const events = ['NicknameUpdated', 'NicknameUpdated', 'Message'].map((type, i) => ({
      index: i + 1,
      type,
      isOwn: false,
    }))
    ledger.answered(session, { from: 1, nextPosition: 4, events, answeredMs: 1, isTriggered: false })
    expect(ledger.close('lost')).toEqual({ neverPushed: ['NicknameUpdated'] })
    expect(ledger.counts).toMatchObject({ expected: 1, lost: 1 })
  })

  test('what is given up no longer counts as missing and is still taken when it comes', () => {
    const ledger = createLedger<string>({ isPushed, notifiesRequestor: false, isLenient: false, observeMs: 1_000 })
    const session = ledger.open('0.0', 'payload')
    const event = { index: 1, type: 'Message', isOwn: false }
    ledger.answered(session, { from: 1, nextPosition: 2, events: [event], answeredMs: 1, isTriggered: false })
    expect(ledger.missing()).toEqual({ uncovered: 1, covered: 0 })
    ledger.giveUp('lost')
    expect(ledger.missing()).toEqual({ uncovered: 0, covered: 0 })
    ledger.posted(session, { receivedMs: 9, mode: 'payload', event })
    ledger.close('lost')
    expect(ledger.counts).toMatchObject({ expected: 1, delivered: 1, lost: 0 })
  })

  test('what a session remembers does not grow with settled events', () => {
    const ledger = createLedger<string>({ isPushed, notifiesRequestor: false, isLenient: false, observeMs: 1_000 })
    const session = ledger.open('0.0', 'payload')
    for (let index = 1; index <= 5_000; index += 1) {
      const event = { index, type: 'Message', isOwn: false }
      ledger.posted(session, { receivedMs: index, mode: 'payload', event })
      ledger.answered(session, {
        from: index,
        nextPosition: index + 1,
        events: [event],
        answeredMs: index,
        isTriggered: true,
      })
    }
    expect(session).toMatchObject({ missing: [], early: [], held: [], gaps: undefined, holes: undefined })
  })

  test('a session is forgotten when nothing is outstanding, and what still comes for it is a duplicate', () => {
    const ledger = createLedger<string>({ isPushed, notifiesRequestor: false, isLenient: false, observeMs: 1_000 })
    const session = ledger.open('0.0', 'payload')
    const event = { index: 1, type: 'Message', isOwn: false }
    ledger.answered(session, { from: 1, nextPosition: 2, events: [event], answeredMs: 1, isTriggered: false })
    expect(ledger.forget(session)).toBe(false)
    ledger.posted(session, { receivedMs: 9, mode: 'payload', event })
    expect(ledger.forget(session)).toBe(true)
    for (const mode of ['payload', 'device-id'] as const)
      ledger.posted(ledger.reopen('0.0', mode), { receivedMs: 19, mode, ...(mode === 'payload' && { event }) })
    ledger.close('lost')
    expect(ledger.counts).toMatchObject({ expected: 1, delivered: 1, duplicate: 2, foreign: 0, posts: 3 })
  })

  test('an equation that does not hold and a count that differs are named', () => {
    const counts = { ...told({ mode: 'payload', notifiesRequestor: false }, []), expected: 2, posts: 1 }
    const sources = [{ name: 'receiver', what: 'POSTs read', count: 3, mustBe: { count: 1, what: 'in the ledger' } }]
    expect(balanced(counts, sources, ['frame 7 of shard 0 is missing']).imbalances).toEqual([
      'frame 7 of shard 0 is missing',
      '2 events were expected, 0 are accounted for',
      '1 POSTs reached the ledger, 0 are accounted for',
      'receiver: 3 POSTs read, but 1 in the ledger',
    ])
  })
})

function without(items: readonly Item[], gone: Item): Item[] {
  return items.filter(item => item !== gone)
}

function added(
  items: readonly Item[],
  { at, post }: Item & { post: SeenPost },
  change: Partial<SeenPost>,
  after = 0.0001,
): Item[] {
  const extra = { at: at + after, post: { ...post, receivedMs: at + after, ...change } }
  return [...items, extra].sort((a, b) => a.at - b.at)
}

function doubled(items: readonly Item[], post: Item & { post: SeenPost }, after: number): Item[] {
  return added(items, post, {}, after)
}

/** Changes the POST; `early` moves it before the last refresh, so that an answer covers it. */
function moved(
  items: readonly Item[],
  post: Item & { post: SeenPost },
  change: Partial<SeenPost>,
  isDenied = false,
): Item[] {
  const changed = items.map(item => (item === post ? { ...post, post: { ...post.post, ...change } } : item))
  const last = changed.findLast(item => 'answer' in item) as Item & { answer: { nextPosition?: number } }
  if (!isDenied) return changed
  return changed.map(item =>
    'answer' in item && item === last ? { ...item, answer: { ...item.answer, nextPosition: 100 } } : item,
  )
}

function swapped(items: readonly Item[], post: Item & { post: SeenPost }): Item[] {
  const next = items.slice(items.indexOf(post) + 1).find(item => 'post' in item) as Item & { post: SeenPost }
  return items.map(item =>
    item === post ? { at: item.at, post: next.post } : item === next ? { at: item.at, post: post.post } : item,
  )
}

test('a nameless push is no double where answers got lost: the one that showed its event may be among them', () => {
  const closed = (hasAllAnswers: boolean) => {
    const ledger = createLedger<string>({ isPushed, notifiesRequestor: false, isLenient: false, observeMs: 1_000 })
    const session = ledger.open('0.0', 'device-id')
    const answer = { from: 1, nextPosition: 2, events: [], answeredMs: 5, isTriggered: false }
    ledger.answered(session, answer)
    ledger.posted(session, { receivedMs: 6, mode: 'device-id' })
    ledger.answered(session, { ...answer, from: 3, nextPosition: 4, answeredMs: 9 })
    ledger.close('open', hasAllAnswers)
    const { duplicate, delivered, posts } = ledger.counts
    return { duplicate, delivered, posts }
  }
  expect(closed(true)).toEqual({ duplicate: 1, delivered: 0, posts: 1 })
  expect(closed(false)).toEqual({ duplicate: 0, delivered: 1, posts: 1 })
})

describe('device-id: numbers that agree by accident', () => {
  const event = (index: number) => ({ index, type: 'Message', isOwn: false, plannedMs: index * 1_000 })
  const shows = (from: number, ...events: SeenEvent[]) => ({
    from,
    nextPosition: from + events.length,
    events,
    answeredMs: from * 1_000 + 50,
    isTriggered: true,
  })
  const run = () => {
    const told: [number, number][] = []
    const ledger = createLedger<string>(
      { isPushed, notifiesRequestor: false, isLenient: false, observeMs: 10_000 },
      { delivered: (_, { index }, receivedMs) => told.push([index, receivedMs]) },
    )
    const session = ledger.open('0.0', 'device-id')
    const post = (receivedMs: number) => ledger.posted(session, { receivedMs, mode: 'device-id' })
    return { told, ledger, session, post, answer: (answer: SeenAnswer) => ledger.answered(session, answer) }
  }

  test('a double hidden by an event whose POST is still to come gives no latency', () => {
    const { told, ledger, post, answer } = run()
    post(1_010)
    post(1_011)
    answer(shows(1, event(1)))
    // A ping shows the second event before its POST is there: two events, two POSTs.
    answer(shows(2, event(2)))
    post(2_040)
    ledger.close('lost')
    expect(told).toEqual([])
    expect(ledger.counts).toMatchObject({ delivered: 2, duplicate: 1 })
  })

  test('after a loss the next POST is not taken for the lost one', () => {
    const { told, ledger, session, post, answer } = run()
    answer(shows(1, event(1)))
    post(2_010)
    answer(shows(2, event(2)))
    ledger.quiet(session)
    ledger.close('lost')
    expect(told).toEqual([])
    expect(ledger.counts).toMatchObject({ delivered: 1, lost: 1 })
  })

  test('an event that an answer left out keeps its place when the last refresh shows it', () => {
    const { told, ledger, session, post, answer } = run()
    for (const ms of [1_010, 2_010, 3_010]) post(ms)
    answer(shows(1, event(1)))
    answer(shows(3, event(3)))
    answer(shows(1, event(1), event(2), event(3)))
    ledger.quiet(session)
    expect(told).toEqual([
      [1, 1_010],
      [2, 2_010],
      [3, 3_010],
    ])
  })

  test('a POST later than W after the end belongs to no event', () => {
    const { ledger, session, post } = run()
    ledger.answered(session, { ...shows(1, event(1)), isTriggered: false })
    post(1_010)
    ledger.left(session, 2_000)
    post(12_011)
    ledger.close('lost')
    expect(ledger.counts).toMatchObject({ delivered: 1, foreign: 1 })
  })

  test('unless the queue of the target was longer than W, as other POSTs show', () => {
    const { ledger, session, post } = run()
    ledger.answered(session, { ...shows(1, event(1)), isTriggered: false })
    // Planned at 1 s.
    post(19_000)
    ledger.left(session, 2_000)
    post(20_000)
    ledger.close('lost')
    expect(ledger.counts).toMatchObject({ delivered: 2, foreign: 0 })
  })
})
