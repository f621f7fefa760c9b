import { assert, boolean, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PushMode, pushModes } from '../push/mode.ts'
import type { PushedMessage } from '../push/notification.ts'
import type { Violation } from '../violation.ts'
import {
  correctHistory,
  type Delivery,
  type HistoryOptions,
  identity,
  resendDelayMs,
} from './session/correct-history.ts'
import { createSessionWatch } from './session-watch.ts'

function watch(
  deliveries: readonly Delivery[],
  options: Pick<HistoryOptions, 'mode' | 'notifyRequestor'>,
): Violation[] {
  const { mode, notifyRequestor } = options
  const session = createSessionWatch({
    ...identity,
    mode,
    notifyRequestor,
    flexPushContent: ['user-id', 'session-id'],
    resendDelayMs,
  })
  const found = deliveries.flatMap(delivery =>
    delivery.kind === 'answer' ? session.answer(delivery.seen) : session.push(delivery.seen).violations,
  )
  return [...found, ...session.finish()]
}

type Answered = Extract<Delivery, { kind: 'answer' }>
type Pushed = Extract<Delivery, { kind: 'push' }>

const isAnswer = (delivery: Delivery): delivery is Answered => delivery.kind === 'answer'
const isPush = (delivery: Delivery): delivery is Pushed => delivery.kind === 'push'
const messageOf = (delivery: Pushed) => delivery.seen.push.message as PushedMessage
const isLive = ({ seen }: Answered) => seen.answer?.statusCode === 0
const isRefresh = (delivery: Answered) => isLive(delivery) && /refresh|ping/.test(delivery.seen.operation)

/**
 * Looks for a history that offers a place for the mutation, plants it and tells the rules that were cited, so that each
 * mutation is tried on several histories.
 */
function planted(
  options: Partial<HistoryOptions> & { mode: PushMode },
  plant: (deliveries: Delivery[]) => boolean,
  tries = 20,
): string[][] {
  const found: string[][] = []
  for (let seed = 1; found.length < tries && seed < 4000; seed++) {
    const complete = { seed, actions: 30, notifyRequestor: false, endsBy: 'nobody' as const, ...options }
    const deliveries = correctHistory(complete)
    if (!plant(deliveries)) continue
    found.push([...new Set(watch(deliveries, complete).map(({ rule }) => rule))])
  }
  expect(found).toHaveLength(tries)
  return found
}

function everyCites(found: readonly string[][], ...rules: string[]): void {
  for (const cited of found)
    expect(
      rules.some(rule => cited.includes(rule)),
      `cited ${cited.join(' ') || 'nothing'}`,
    ).toBe(true)
}

describe('a correct history in any order of processing', () => {
  it('breaks no rule', () => {
    const histories = record({
      seed: integer({ min: 1 }),
      mode: constantFrom(...pushModes),
      notifyRequestor: boolean(),
      actions: integer({ min: 0, max: 60 }),
      endsBy: constantFrom('agent' as const, 'client' as const, 'nobody' as const),
    })
    assert(
      property(histories, options => {
        expect(watch(correctHistory(options), options)).toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  it('breaks no rule over 100,000 events of one session, in bounded memory', () => {
    const session = createSessionWatch({ ...identity, mode: 'payload', notifyRequestor: false })
    const deviceId = 'cg-a1b2-3-17'
    const from = { nickname: 'Ava', participantId: 2, type: 'Agent' as const }
    const found: Violation[] = []
    for (let index = 1; index <= 100_000; index++) {
      const event = { from, index, type: 'TypingStarted' as const, utcTime: index * 1000 }
      const timed = { receivedMs: index * 10, queueAgeMs: 0, mode: 'payload' as const }
      const message: PushedMessage = { statusCode: 0, chatEnded: false, nextPosition: index + 1, messages: [event] }
      found.push(...session.push({ ...timed, push: { deviceId, message } }).violations)
      const answer = { statusCode: 0 as const, chatEnded: false, messages: [event], nextPosition: index + 1 }
      const times = { sentMs: index * 10 + 1, answeredMs: index * 10 + 2 }
      found.push(...session.answer({ operation: 'refresh', position: index, ...times, answer }))
    }
    expect(found).toEqual([])
  })
})

describe('answers', () => {
  it('[CV2-085] an event dropped from a refresh is missed, whether it was known before or turns up later', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const refresh = deliveries
        .filter(isAnswer)
        .find(one => isRefresh(one) && one.seen.position > 1 && one.seen.answer!.messages!.length > 1)
      refresh?.seen.answer?.messages?.splice(0, 1)
      return refresh !== undefined
    })
    everyCites(found, 'CV2-085', 'CV2-088')
  })

  it('[CV2-088] an event dropped from a refresh turns up in the final one', () => {
    const found = planted({ mode: 'reliable' }, deliveries => {
      const refresh = deliveries
        .filter(isAnswer)
        .find(one => isRefresh(one) && one.seen.position > 1 && one.seen.answer!.messages!.length > 1)
      refresh?.seen.answer?.messages?.splice(0, 1)
      return refresh !== undefined
    })
    everyCites(found, 'CV2-088')
  })

  it('[CV2-055] a copy with another text differs', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const event = deliveries
        .filter(isAnswer)
        .flatMap(one => one.seen.answer?.messages ?? [])
        .find(({ text }) => text?.includes('ok '))
      if (event) event.text = event.text!.replace('ok ', 'no ')
      return event !== undefined
    })
    everyCites(found, 'CV2-055', 'PUSH-043')
  })

  it('[CV2-087] a nextPosition one too low is lower than what is known', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const refresh = deliveries.filter(isAnswer).find(one => {
        const { messages = [], nextPosition } = one.seen.answer ?? {}
        return isRefresh(one) && messages.at(-1)?.index === nextPosition! - 1
      })
      if (refresh) refresh.seen.answer!.nextPosition!--
      return refresh !== undefined
    })
    everyCites(found, 'CV2-087')
  })

  it('[CV2-087] a nextPosition one too high hides the event that takes that index', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const answers = deliveries.filter(isAnswer)
      const refresh = answers.find((one, at) => {
        const next = one.seen.answer?.nextPosition
        const later = answers
          .slice(at + 1)
          .flatMap(({ seen }) => (seen.sentMs > one.seen.answeredMs ? (seen.answer?.messages ?? []) : []))
        return (
          isRefresh(one) &&
          one.seen.position > 1 &&
          later.some(({ index, text }) => index === next && text?.startsWith('cg/'))
        )
      })
      if (refresh) refresh.seen.answer!.nextPosition!++
      return refresh !== undefined
    })
    everyCites(found, 'CV2-087')
  })

  it('[CV2-085] an event of another session is foreign', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const answer = deliveries.filter(isAnswer).find(isRefresh)
      const utcTime = 1_795_000_000_000
      const text = 'cg/a1b2/a3.18/1/1795000000000+10 hello'
      const from = { nickname: 'Ava', participantId: 2, type: 'Agent' as const }
      answer?.seen.answer?.messages?.push({ from, index: 9999, type: 'Message', text, utcTime })
      return answer !== undefined
    })
    everyCites(found, 'CV2-085')
  })

  it('[CV2-061] quit reason 0 is told in pushes only', () => {
    const found = planted({ mode: 'payload', endsBy: 'agent' }, deliveries => {
      const left = deliveries
        .filter(isAnswer)
        .flatMap(one => one.seen.answer?.messages ?? [])
        .find(({ userData }) => userData?.['quit-reason-code'] === '4')
      if (left) left.userData = { 'quit-reason-code': '0' }
      return left !== undefined
    })
    everyCites(found, 'CV2-061')
  })

  it('[CV2-054] events of one answer in another order', () => {
    const found = planted({ mode: 'device-id' }, deliveries => {
      const answer = deliveries.filter(isAnswer).find(one => (one.seen.answer?.messages?.length ?? 0) > 1)
      answer?.seen.answer?.messages?.reverse()
      return answer !== undefined
    })
    everyCites(found, 'CV2-054')
  })

  it('[CV2-031] another chatId', () => {
    const found = planted({ mode: 'device-id' }, deliveries => {
      const answer = deliveries.filter(isAnswer).findLast(one => one.seen.answer?.chatId !== undefined)!
      answer.seen.answer!.chatId = '0001Abc123DEF002'
      return true
    })
    everyCites(found, 'CV2-031')
  })

  it('[CV2-101] an operation that succeeds after disconnect', () => {
    const found = planted({ mode: 'device-id', endsBy: 'client' }, deliveries => {
      const { seen } = deliveries.filter(isAnswer).find(one => one.seen.operation === 'finalRefresh')!
      const { answeredMs } = deliveries.filter(isAnswer).find(one => one.seen.operation === 'disconnect')!.seen
      const late = { ...seen, sentMs: answeredMs + 1, answeredMs: answeredMs + 9 }
      deliveries.push({ kind: 'answer', processedMs: late.answeredMs, seen: late })
      return true
    })
    everyCites(found, 'CV2-101')
  })

  it('[CV2-065] an own text that lost a line break, by what was sent', () => {
    const session = createSessionWatch({ ...identity, mode: 'off', notifyRequestor: false })
    const marker = 'cg/a1b2/c3.17/1/1795000000000+10 '
    session.sent(1, `${marker}one\ntwo`)
    const from = { nickname: 'Ann', participantId: 1, type: 'Client' as const }
    const messages = [
      { from, index: 2, type: 'Message' as const, text: `${marker}one two`, utcTime: 1_795_000_000_000 },
    ]
    const answer = { statusCode: 0 as const, chatEnded: false, messages, nextPosition: 3 }
    expect(session.answer({ operation: 'refresh', position: 2, sentMs: 1, answeredMs: 2, answer })).toEqual([
      {
        rule: 'CV2-065',
        what: 'Message 1 of the client is not as it was sent',
        at: '/messages/0/text',
        expected: 'the text verbatim',
        found: JSON.stringify(`${marker}one two`),
      },
    ])
  })
})

describe('pushes of body B', () => {
  it('[PUSH-035] two pushes swapped', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const [first, second] = deliveries.filter(isPush)
      if (!first || !second) return false
      ;[first.seen.push, second.seen.push] = [second.seen.push, first.seen.push]
      return true
    })
    everyCites(found, 'PUSH-035')
  })

  it('[CS-072] the same push twice', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const at = deliveries.findIndex(isPush)
      if (at >= 0) deliveries.splice(at, 0, structuredClone(deliveries[at]!))
      return at >= 0
    })
    everyCites(found, 'CS-072')
  })

  it('[PUSH-022] an event of another session', () => {
    const found = planted({ mode: 'payload' }, deliveries => {
      const push = deliveries.filter(isPush).find(one => messageOf(one).messages[0].text?.startsWith('cg/'))
      if (push) messageOf(push).messages[0].text = 'cg/a1b2/a3.18/1/1795000000000+10 hello'
      return push !== undefined
    })
    everyCites(found, 'PUSH-022')
  })

  it('[PUSH-043] a body without payload, [PUSH-042] one with, [PUSH-051] a content body for a reliable session', () => {
    const wrong = (mode: PushMode, body: PushMode) =>
      planted({ mode }, deliveries => {
        const push = deliveries.find(isPush)
        if (push) push.seen.mode = body
        return push !== undefined
      })
    everyCites(wrong('payload', 'device-id'), 'PUSH-043')
    everyCites(wrong('device-id', 'payload'), 'PUSH-042')
    everyCites(wrong('reliable', 'payload'), 'PUSH-051')
  })
})

describe('reliable notices', () => {
  const userDataOf = (delivery: Pushed) => messageOf(delivery).messages[0].userData!
  const attemptOf = (delivery: Pushed) => Number(userDataOf(delivery)['notify-attempt'])

  it('[CS-064] a repetition that skips a number', () => {
    const found = planted({ mode: 'reliable' }, deliveries => {
      const push = deliveries.filter(isPush).find(one => attemptOf(one) === 1)
      if (push) userDataOf(push)['notify-attempt'] = '3'
      return push !== undefined
    })
    everyCites(found, 'CS-064')
  })

  it('[CS-065] a position that a refresh had retrieved', () => {
    const found = planted({ mode: 'reliable' }, deliveries => {
      const push = deliveries.filter(isPush).findLast(one => {
        const pulls = deliveries
          .filter(isAnswer)
          .filter(
            ({ seen }) =>
              isRefresh({ kind: 'answer', processedMs: 0, seen }) && seen.answeredMs < one.seen.receivedMs - 700,
          )
        return (
          attemptOf(one) === 0 &&
          pulls.some(({ seen }) => seen.position === 2 && (seen.answer!.messages!.at(-1)?.index ?? 0) >= 2)
        )
      })
      if (push) userDataOf(push)['notify-position'] = '1'
      return push !== undefined
    })
    everyCites(found, 'CS-065')
  })

  it('[CS-065] a position that is not there yet', () => {
    const found = planted({ mode: 'reliable' }, deliveries => {
      const push = deliveries.find(isPush)
      if (push) userDataOf(push)['notify-position'] = String(messageOf(push).nextPosition)
      return push !== undefined
    })
    everyCites(found, 'CS-065')
  })

  it('[CS-061] a repetition long after the refresh that confirmed it', () => {
    const found = planted({ mode: 'reliable' }, deliveries => {
      const push = deliveries.filter(isPush).findLast(one => attemptOf(one) === 0)
      const refresh = deliveries.filter(isAnswer).find(one => one.seen.operation === 'finalRefresh')
      if (!push || !refresh || messageOf(push).nextPosition > refresh.seen.answer!.nextPosition!) return false
      const late = structuredClone(push)
      late.seen.receivedMs = refresh.seen.answeredMs + 1500
      userDataOf(late)['notify-attempt'] = String(attemptOf(deliveries.filter(isPush).at(-1)!) + 1)
      deliveries.push(late)
      return true
    })
    everyCites(found, 'CS-061')
  })

  it('[CS-061] the same, when the push is processed before the answer', () => {
    const session = createSessionWatch({ ...identity, mode: 'reliable', notifyRequestor: false })
    const answer = { statusCode: 0 as const, chatEnded: false, messages: [], nextPosition: 5 }
    const notice = (attempt: string, receivedMs: number) => {
      const from = { nickname: '', participantId: 0, type: 'Client' as const }
      const userData = { 'notify-attempt': attempt, 'notify-position': '4' }
      const event = { from, index: 0, text: 'PUSH-NOTIFICATION', type: 'PushUrl' as const, utcTime: 0, userData }
      const message: PushedMessage = { statusCode: 0, chatEnded: false, nextPosition: 5, messages: [event] }
      return session.push({ receivedMs, queueAgeMs: 50, mode: 'reliable', push: { deviceId: 'cg-a1b2-3-17', message } })
        .violations
    }
    expect([...notice('0', 1000), ...notice('1', 16_000)]).toEqual([])
    const late = session.answer({ operation: 'refresh', position: 4, sentMs: 1001, answeredMs: 1004, answer })
    expect(late.map(({ rule }) => rule)).toEqual(['CS-061'])
  })

  it('[CS-073] a notice after notify-position -1', () => {
    const found = planted({ mode: 'reliable', endsBy: 'agent' }, deliveries => {
      const last = deliveries.findLast(isPush)!
      deliveries.push(structuredClone(last))
      return true
    })
    everyCites(found, 'CS-073')
  })

  it('[PUSH-055] a member that is not configured, [PUSH-056] one of another session', () => {
    const changed = (change: (userData: Record<string, string>) => void) =>
      planted({ mode: 'reliable' }, deliveries => {
        const push = deliveries.findLast(isPush)
        if (push) change(userDataOf(push))
        return push !== undefined
      })
    everyCites(
      changed(userData => {
        userData['app-dbid'] = '201'
      }),
      'PUSH-055',
    )
    everyCites(
      changed(userData => {
        delete userData['user-id']
      }),
      'PUSH-055',
    )
    everyCites(
      changed(userData => {
        userData['session-id'] = '0001Abc123DEF777'
      }),
      'PUSH-056',
    )
  })
})
