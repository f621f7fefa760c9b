import { describe, expect, it } from 'vitest'
import type { PushedMessage } from '../../push/notification.ts'
import { createSessionWatch } from '../session-watch.ts'
import { identity } from './correct-history.ts'
import { everyCites, isAnswer, isPush, isRefresh, messageOf, type Pushed, planted } from './planted.ts'

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

  it('[CS-065] a position that skips one of several events, told at the end', () => {
    const session = createSessionWatch({ ...identity, mode: 'reliable', notifyRequestor: false })
    const from = { nickname: '', participantId: 0, type: 'Client' as const }
    const userData = { 'notify-attempt': '0', 'notify-position': '3' }
    const event = { from, index: 0, text: 'PUSH-NOTIFICATION', type: 'PushUrl' as const, utcTime: 0, userData }
    const message: PushedMessage = { statusCode: 0, chatEnded: false, nextPosition: 4, messages: [event] }
    const push = { deviceId: 'cg-a1b2-3-17', message }
    const found = session.push({ receivedMs: 1000, queueAgeMs: 50, mode: 'reliable', push }).violations
    const typing = { from: { nickname: 'Ava', participantId: 2, type: 'Agent' as const }, utcTime: 0 }
    const messages = [2, 3].map(index => ({ ...typing, index, type: 'TypingStarted' as const }))
    const answer = { statusCode: 0 as const, chatEnded: false, messages, nextPosition: 4 }
    found.push(...session.answer({ operation: 'refresh', position: 2, sentMs: 1021, answeredMs: 1024, answer }))
    expect({ found, atTheEnd: session.finish().map(({ rule, expected }) => [rule, expected]) }).toEqual({
      found: [],
      atTheEnd: [['CS-065', 'at most 2']],
    })
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

  describe('when nobody knows how long notices wait in the queue', () => {
    const sentMs = 1_795_000_000_000
    const agent = { nickname: 'Ava', participantId: 2, type: 'Agent' as const }
    const text = `cg/a1b2/a3.17/1/${sentMs}+0 hello`
    const messages = [{ from: agent, index: 2, type: 'Message' as const, text, utcTime: sentMs }]
    const pull = { operation: 'refresh', position: 2, sentMs: sentMs + 5, answeredMs: sentMs + 9 }
    const answer = { statusCode: 0 as const, chatEnded: false, messages, nextPosition: 3 }
    const notice = (attempt: string, position: string, nextPosition: number, afterMs: number) => {
      const from = { nickname: '', participantId: 0, type: 'Client' as const }
      const userData = { 'notify-attempt': attempt, 'notify-position': position }
      const event = { from, index: 0, text: 'PUSH-NOTIFICATION', type: 'PushUrl' as const, utcTime: 0, userData }
      const message: PushedMessage = { statusCode: 0, chatEnded: false, nextPosition, messages: [event] }
      const push = { deviceId: 'cg-a1b2-3-17', message }
      const timed = { receivedMs: sentMs + afterMs, queueAgeMs: Number.POSITIVE_INFINITY }
      return { ...timed, mode: 'reliable' as const, push }
    }
    const session = () =>
      createSessionWatch({ ...identity, mode: 'reliable', notifyRequestor: false, resendDelayMs: 15_000 })

    it('[CS-061] a repetition comes its delays after the text that it announces', () => {
      const watch = session()
      const found = watch.push(notice('0', '2', 3, 3)).violations
      found.push(...watch.answer({ ...pull, answer }), ...watch.push(notice('1', '2', 3, 15_003)).violations)
      expect(found.map(({ rule }) => rule)).toEqual(['CS-061'])
    })

    it('[CS-060] a repetition before the refresh is right', () => {
      const watch = session()
      const late = { ...pull, sentMs: sentMs + 15_004, answeredMs: sentMs + 15_008 }
      const found = watch.push(notice('0', '2', 3, 3)).violations
      found.push(...watch.push(notice('1', '2', 3, 15_003)).violations, ...watch.answer({ ...late, answer }))
      expect(found).toEqual([])
    })

    it('[CS-065] a notice that counts further than a refresh was composed after it', () => {
      const watch = session()
      const found = watch.push(notice('0', '2', 3, 3)).violations
      found.push(...watch.answer({ ...pull, answer }), ...watch.push(notice('0', '2', 4, 20)).violations)
      expect(found.map(({ rule, expected }) => [rule, expected])).toEqual([['CS-065', 'at least 3']])
    })
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
