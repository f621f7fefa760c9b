import { expect, test } from 'vitest'
import { pushBody } from './push-body.ts'
import { notice } from './sender-for-tests.ts'

const context = { token: 'opaque-cometd-key', nowMs: 1_600_000_011_500, modeAMessage: undefined }

test('[PUSH-042] mode A has the device id and nothing else', () => {
  expect(pushBody(notice(11, { includePayload: false }), context)).toEqual({ deviceId: 'dev-0001' })
  expect(pushBody(notice(11, { includePayload: false }), { ...context, modeAMessage: 'dummy message' })).toEqual({
    deviceId: 'dev-0001',
    message: 'dummy message',
  })
})

test('[PUSH-043] [PUSH-045] [PUSH-036] mode B has the event as CometD would deliver it', () => {
  const content = { 'secure-key': 'raw-key' }
  expect(pushBody(notice(11, { content }), context)).toEqual({
    message: {
      secureKey: 'opaque-cometd-key',
      chatId: 'deprecated',
      nextPosition: 12,
      messages: [
        {
          from: { nickname: 'Ann', participantId: 2, type: 'Agent' },
          index: 11,
          text: 'text 11',
          type: 'Message',
          utcTime: 1_600_000_011_000,
        },
      ],
      alias: '0',
      chatEnded: false,
      userId: 'deprecated',
      statusCode: 0,
      monitored: false,
    },
    deviceId: 'dev-0001',
  })
})

test('[PUSH-051] [PUSH-054] [PUSH-055] [PUSH-059] mode C is a trigger with constants and the asked-for content', () => {
  const content = { 'user-id': '0A1B2C3D4E5F0001', 'session-id': '0001Abc123DEF001' }
  const trigger = notice(14, { form: 'trigger', attempt: 3, notifyPosition: 11, content, nextPosition: 15 })
  expect(pushBody(trigger, context)).toEqual({
    message: {
      secureKey: 'opaque-cometd-key',
      chatId: 'deprecated',
      nextPosition: 15,
      messages: [
        {
          from: { nickname: '', participantId: 0, type: 'Client' },
          index: 0,
          text: 'PUSH-NOTIFICATION',
          type: 'PushUrl',
          utcTime: 1_600_000_011_000,
          userData: {
            'notify-attempt': '3',
            'notify-position': '11',
            'user-id': '0A1B2C3D4E5F0001',
            'session-id': '0001Abc123DEF001',
          },
        },
      ],
      alias: '0',
      chatEnded: false,
      userId: 'deprecated',
      statusCode: 0,
      monitored: false,
    },
    deviceId: 'dev-0001',
  })
})

test('[PUSH-061] [OQ-37] the shutdown advice is a mode B body with the asked-for content, or mode A without payload', () => {
  const advice = notice(7, {
    form: 'advice',
    eventType: 'ParticipantLeft',
    event: {
      from: { nickname: 'Ann Bee', participantId: 1, type: 'Client' },
      index: 7,
      type: 'ParticipantLeft',
      utcTime: 1_600_000_011_000,
      userData: { 'quit-reason-advice': 'reconnect' },
    },
    content: { 'session-id': '0001Abc123DEF001' },
  })
  expect(pushBody(advice, context)).toMatchObject({
    message: {
      messages: [{ userData: { 'quit-reason-advice': 'reconnect', 'session-id': '0001Abc123DEF001' } }],
    },
  })
  expect(pushBody({ ...advice, includePayload: false }, context)).toEqual({ deviceId: 'dev-0001' })
})
