import { expect, test } from 'vitest'
import { isEvent, isOperationAnswer, isPushPayload, isRequestChatAnswer } from './generated/validators.js'

const event = {
  from: { nickname: 'Ann', participantId: 1, type: 'Client', 'x-later': 1 },
  index: 1,
  type: 'ParticipantJoined',
  utcTime: 1_600_000_000_000,
  'x-later': { a: [] },
}
const answer = {
  statusCode: 0,
  chatEnded: false,
  messages: [event],
  alias: '201',
  chatId: '0001Abc123DEF001',
  userId: '0A1B2C3D4E5F0001',
  secureKey: '0011aa22bb33cc44dd55',
  nextPosition: 2,
  'x-later': null,
}

test('[CV2-033] members that nobody knows yet are accepted in answers, events and from', () => {
  expect(isEvent(event)).toBe(true)
  expect([isRequestChatAnswer(answer), isOperationAnswer(answer)]).toEqual([true, true])
  const message = { ...answer, alias: '0', chatId: 'deprecated', userId: 'deprecated', monitored: false }
  expect([isPushPayload({ deviceId: 'd', message }), isPushPayload.errors]).toEqual([true, null])
})
