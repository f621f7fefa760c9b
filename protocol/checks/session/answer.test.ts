import { describe, expect, it } from 'vitest'
import { createSessionWatch } from '../session-watch.ts'
import { identity } from './correct-history.ts'
import { everyCites, isAnswer, isRefresh, planted } from './planted.ts'

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
    const marker = 'cg/a1b2/c3.17/1/1795000000000+10 '
    const customerText = () => `${marker}one\ntwo`
    const session = createSessionWatch({ ...identity, mode: 'off', notifyRequestor: false, customerText })
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
