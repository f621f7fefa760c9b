import { assert, boolean, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pushModes } from '../push/mode.ts'
import type { PushedMessage } from '../push/notification.ts'
import type { Violation } from '../violation.ts'
import { correctHistory, identity } from './session/correct-history.ts'
import { watch } from './session/planted.ts'
import { createSessionWatch } from './session-watch.ts'

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
