import { expect, it } from 'vitest'
import { validateMessage } from './validate-message.ts'

const left = (participantId: number, userData?: Record<string, string>) => ({
  statusCode: 0,
  chatEnded: true,
  alias: '201',
  chatId: '0001Abc123DEF001',
  userId: '0A1B2C3D4E5F0001',
  secureKey: '0011aa22bb33cc44dd55',
  nextPosition: 8,
  messages: [
    {
      from: { nickname: 'Ann', participantId, type: participantId === 1 ? 'Client' : 'Agent' },
      index: 7,
      type: 'ParticipantLeft',
      utcTime: 1_600_000_000_000,
      ...(userData && { userData }),
    },
  ],
})
const warned = (answer: object) => validateMessage('session-over-answer', answer).warnings.map(({ rule }) => rule)

it('[CV2-062] the removal of the customer is missed a reason, the own leave of another party is not', () => {
  expect([warned(left(1)), warned(left(1, { 'quit-reason-code': '4' })), warned(left(2))]).toEqual([
    ['CV2-062'],
    [],
    [],
  ])
})
