import { expect, test } from 'vitest'
import { requestChatForm } from './forms.ts'
import type { PlannedSession } from './plan.ts'
import { createSession, isTooLate, nextAction, setTokens, trigger } from './session.ts'

const plan: PlannedSession = { session: 17, slot: 4, plannedMs: 5, mode: 'reliable', endsBy: 'agent', endsMs: 1_234.6 }
const live = () => Object.assign(createSession(plan, 'abc', 3), { state: 'live' })

test('[CS-132] pushes that come while a request is in flight are answered by one refresh, stamped with the oldest', () => {
  const session = live()
  session.isBusy = true
  for (const receivedMs of [100, 101, 102]) trigger(session, receivedMs)
  expect(nextAction(session)).toBeUndefined()
  session.isBusy = false
  expect([nextAction(session), session.triggeredMs]).toEqual(['refresh', 100])
  session.triggeredMs = 0
  expect(nextAction(session)).toBeUndefined()
})

test('a push comes before what waits, and what waits longest comes first', () => {
  const session = live()
  session.waiting.push({ operation: 'send', plannedMs: 1 }, { operation: 'ping', plannedMs: 2 })
  trigger(session, 3)
  expect(nextAction(session)).toBe('refresh')
  session.triggeredMs = 0
  expect([nextAction(session), nextAction(session), nextAction(session)]).toEqual([
    { operation: 'send', plannedMs: 1 },
    { operation: 'ping', plannedMs: 2 },
    undefined,
  ])
})

test('a push that comes before the answer to request chat waits for it; one after the end is ignored', () => {
  const session = createSession(plan, 'abc', 3)
  trigger(session, 9)
  expect(nextAction(session)).toBeUndefined()
  session.state = 'live'
  expect(nextAction(session)).toBe('refresh')
  session.state = 'over'
  session.triggeredMs = 0
  trigger(session, 10)
  expect([nextAction(session), session.triggeredMs]).toEqual([undefined, 0])
})

test('an action is too late 1 s after it was planned and ready', () => {
  expect([
    isTooLate(0, 0, 1_000),
    isTooLate(0, 0, 1_001),
    isTooLate(0, 500, 1_500),
    isTooLate(600, 500, 1_601),
  ]).toEqual([false, true, false, true])
})

test('tokens become form fields', () => {
  const session = live()
  setTokens(session, 'U1', 'k&=', '201')
  expect(session.tokens).toBe('userId=U1&secureKey=k%26%3D&alias=201')
})

const fieldsOf = (session: Parameters<typeof requestChatForm>[0], notify: boolean) =>
  Object.fromEntries(new URLSearchParams(requestChatForm(session, notify)))

test('[PUSH-025] a reliable chat asks for async mode, payload and resending', () => {
  expect(fieldsOf(live(), true)).toEqual({
    firstName: 'Load',
    lastName: 'cg-abc-3-17',
    subject: 'chatgauge',
    'userData[GCTI_Chat_AsyncMode]': 'true',
    'userData[chatgauge_session]': 'cg-abc-3-17',
    'userData[chatgauge_agent_closes_at]': '1235',
    'userData[GCTI_Chat_PushSubscribe]': 'true',
    'userData[GCTI_GMS_PushDeviceId]': 'cg-abc-3-17',
    'userData[GCTI_GMS_PushDeviceType]': 'customhttp',
    'userData[GCTI_GMS_PushIncludePayload]': 'true',
    'userData[GCTI_GMS_PushResend]': 'true',
    'userData[GCTI_GMS_NotifyRequestor]': 'true',
  })
})

test('[PUSH-024] the other modes ask for less', () => {
  const asked = (mode: PlannedSession['mode']) =>
    Object.keys(fieldsOf(createSession({ ...plan, mode, endsBy: 'drain' }, 'abc', 3), false))
      .filter(name => name.includes('GCTI_'))
      .map(name => name.replace(/.*(?:Chat_|GMS_)(\w+)\]$/, '$1'))
  expect(asked('payload')).toEqual([
    'AsyncMode',
    'PushSubscribe',
    'PushDeviceId',
    'PushDeviceType',
    'PushIncludePayload',
  ])
  expect(asked('device-id')).toEqual(['AsyncMode', 'PushSubscribe', 'PushDeviceId', 'PushDeviceType'])
  expect(asked('off')).toEqual(['AsyncMode'])
})
