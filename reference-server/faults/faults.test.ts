import { describe, expect, test } from 'vitest'
import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { ChatOutcome, ChatRequest, PushNotice } from '../messages.ts'
import { notice } from '../push-sender/sender-for-tests.ts'
import { createSeededRandom } from '../time/seeded-random.ts'
import { createFaultSwitch } from './fault-switch.ts'
import { faults, plantFault } from './registry.ts'

const random = () => createSeededRandom(1, 'faults')
const plant = (text: string) => plantFault(text, random())

function message(index: number, text = `text ${index}`): ChatEvent {
  return {
    from: { nickname: 'Ann', participantId: 2, type: 'Agent' },
    index,
    type: 'Message',
    text,
    utcTime: 1_600_000_000_000 + index * 1000,
  }
}

const refresh: ChatRequest = { operation: 'refresh', service: 'care', chatId: 'a', userId: 'u', secureKey: 'k' }

function outcome(events: ChatEvent[], chatId = 'a'): ChatOutcome & { kind: 'ok' } {
  const nextPosition = (events.at(-1)?.index ?? 0) + 1
  return { kind: 'ok', alias: '201', chatId, userId: 'u', secureKey: 'k', nextPosition, chatEnded: false, events }
}

/** Indices that leave, notice by notice. */
function sent(text: string, notices: PushNotice[]): number[][] {
  const fault = plant(text)
  return notices.map(each => fault.notice!(each).map(gone => gone.index))
}

const notices = (count: number) => Array.from({ length: count }, (_, i) => notice(i + 1))

describe('pushes', () => {
  test('drop-push takes exactly one message away, and no other kind of event', () => {
    const typing = notice(9, { eventType: 'TypingStarted' })
    expect(sent('drop-push:nth=2', [notice(1), typing, notice(2), notice(3)])).toEqual([[1], [9], [], [3]])
  })

  test('by default the 700th is touched', () => {
    const gone = sent('drop-push', notices(2500))
    expect(gone.flatMap((each, i) => (each.length === 0 ? [i + 1] : []))).toEqual([700])
  })

  test('[CS-072] double-push sends exactly one message twice', () => {
    expect(sent('double-push:nth=2', notices(3))).toEqual([[1], [2, 2], [3]])
  })

  test('[PUSH-035] swap-push holds one back until the next push of that session', () => {
    const other = notice(7, { chatId: 'other' })
    expect(sent('swap-push:nth=1', [notice(1), other, notice(2), notice(3)])).toEqual([[], [7], [2, 1], [3]])
  })

  test('[PUSH-043] change-text changes the text behind the marker of one push, not the transcript', () => {
    const fault = plant('change-text:nth=2')
    const second = notice(2)
    const texts = [notice(1), second, notice(3)].map(each => fault.notice!(each)[0]!.event!.text)
    expect(texts).toEqual(['text 1', 'text 2 (changed)', 'text 3'])
    expect(second.event!.text).toBe('text 2')
  })

  test('late-push delays its share, repeatably', () => {
    const late = (text: string) => {
      const fault = plant(text)
      return notices(5000).map(each => fault.delay!(each))
    }
    const delays = late('late-push:2%,500ms')
    expect(new Set(delays)).toEqual(new Set([undefined, 500]))
    expect(delays.filter(Boolean).length / 5000).toBeCloseTo(0.02, 2)
    expect(late('late-push:2%,500ms')).toEqual(delays)
    expect(new Set(late('late-push'))).toEqual(new Set([undefined, 2000]))
    const waits = late('late-push:100%,lognorm(20ms,200ms)')
      .map(Number)
      .sort((a, b) => a - b)
    expect([waits[2500]! / 20, waits[4950]! / 200].map(Math.round)).toEqual([1, 1])
    expect(new Set(late('late-push:1,bimodal(5ms,300ms,10%)'))).toEqual(new Set([5, 300]))
  })

  test('lose-share and double-share touch their share', () => {
    const counts = (text: string) => sent(text, notices(5000)).map(each => each.length)
    expect(counts('lose-share:2%').filter(count => count === 0).length / 5000).toBeCloseTo(0.02, 2)
    expect(counts('double-share:1%').filter(count => count === 2).length / 5000).toBeCloseTo(0.01, 2)
  })

  test('[CS-065] wrong-notify-position adds one to the position of one first notice', () => {
    const fault = plant('wrong-notify-position:nth=2')
    const trigger = (position: number, attempt = 0) =>
      notice(position, { form: 'trigger', notifyPosition: position, attempt })
    const gone = [trigger(3), trigger(-1), trigger(3, 1), trigger(5), trigger(6)]
    expect(gone.map(each => fault.notice!(each)[0]!.notifyPosition)).toEqual([3, -1, 3, 6, 6])
  })

  test('[CS-061] repeat-after-confirmation makes one session deaf until a repetition has left', () => {
    const fault = plant('repeat-after-confirmation:nth=2')
    expect([fault.confirms!('a'), fault.confirms!('b'), fault.confirms!('b'), fault.confirms!('a')]).toEqual([
      true,
      false,
      false,
      true,
    ])
    const repetition = notice(1, { chatId: 'b', form: 'trigger', attempt: 1 })
    expect(fault.notice!(repetition)).toEqual([repetition])
    expect(fault.confirms!('b')).toBe(true)
  })

  test('[PUSH-070] two-in-flight opens a second lane', () => {
    expect(plant('two-in-flight').lanes!('gms-1')).toBe(2)
  })
})

describe('answers', () => {
  const answers = (text: string, outcomes: ChatOutcome[], request = refresh) => {
    const fault = plant(text)
    return outcomes.map(each => fault.outcome!(request, each))
  }
  const three = [outcome([message(1), message(2)]), outcome([]), outcome([message(3)]), outcome([message(4)])]

  test('[CV2-088] drop-event-in-refresh leaves one message out and nothing else', () => {
    expect(answers('drop-event-in-refresh:nth=2', three)).toEqual([
      three[0],
      three[1],
      { ...three[2], events: [] },
      three[3],
    ])
    expect(answers('drop-event-in-refresh:nth=1', three, { ...refresh, operation: 'send' })).toEqual(three)
  })

  test('[CV2-087] next-position-off-by-one lowers one nextPosition to the last index', () => {
    expect(answers('next-position-off-by-one:nth=2', three)).toEqual([
      three[0],
      three[1],
      { ...three[2], nextPosition: 3 },
      three[3],
    ])
  })

  test('foreign-event puts the text of another session at the index of an own one', () => {
    const own = outcome([message(5, 'of b')], 'b')
    expect(answers('foreign-event:nth=1', [outcome([message(3, 'of a')]), own, own])).toEqual([
      outcome([message(3, 'of a')]),
      { ...own, events: [{ ...message(5), text: 'of a' }] },
      own,
    ])
  })

  test('[CV2-061] show-quit-reason tells a reason that stays hidden', () => {
    const left: ChatEvent = { ...message(6), type: 'ParticipantLeft' }
    delete left.text
    const removed = { ...left, userData: { 'quit-reason-code': '4' } }
    const both = outcome([left, removed])
    expect(answers('show-quit-reason', [outcome([message(1)]), both, both])).toEqual([
      outcome([message(1)]),
      { ...both, events: [{ ...left, userData: { 'quit-reason-code': '0' } }, removed] },
      both,
    ])
  })
})

describe('planting', () => {
  test('each fault is described and can be planted as its arguments show', () => {
    for (const fault of faults) {
      expect(fault.does).toMatch(/^\w.*\.$/)
      expect(fault.rules.length).toBeGreaterThan(0)
      expect(fault.looksLike).toMatch(/^\w.*\.$/)
      expect(fault.modes.length > 0 || fault.inConformance !== undefined).toBe(true)
      if (fault.inConformance !== undefined) expect(() => plant(fault.inConformance!)).not.toThrow()
      expect(() => plant(`${fault.name}:${fault.arguments}`)).not.toThrow()
    }
    expect(new Set(faults.map(each => each.name)).size).toBe(faults.length)
  })

  test.each([
    ['drop-psuh', 'no fault "drop-psuh", did you mean drop-push?'],
    ['drop-push:nth=0', 'fault drop-push: nth=0: nth must be a whole number from 1, as in nth=7'],
    ['drop-push:7', 'fault drop-push: 7: nth must be a whole number from 1, as in nth=7'],
    ['drop-push:nth=1,2%', 'fault drop-push takes nth=700, not nth=1,2%'],
    ['two-in-flight:3', 'fault two-in-flight takes no arguments, not 3'],
    ['lose-share:200%', 'fault lose-share: 200%: a share is above 0% and at most 100%, for example 2%'],
    ['late-push:2%,soon', "fault late-push: 'soon' is no distribution"],
  ])('%s is refused with what is allowed', (text, why) => {
    expect(() => plant(text)).toThrow(why)
  })

  test('a switch plants, replaces and clears at run time; a wrong name changes nothing', () => {
    const faultSwitch = createFaultSwitch(random())
    expect([faultSwitch.planted(), faultSwitch.current()]).toEqual([undefined, undefined])
    faultSwitch.plant('drop-push:nth=1')
    expect(() => faultSwitch.plant('nothing')).toThrow('no fault')
    expect(faultSwitch.planted()).toBe('drop-push:nth=1')
    expect(faultSwitch.current()!.notice!(notice(1))).toEqual([])
    faultSwitch.clear()
    expect([faultSwitch.planted(), faultSwitch.current()]).toEqual([undefined, undefined])
  })
})
