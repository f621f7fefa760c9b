import { expect, test } from 'vitest'
import { createEndedSessions } from './ended-sessions.ts'
import type { Session } from './session.ts'

const session = (chatId: string, restIsOwed: boolean) => ({ chatId, restIsOwed }) as Session

test('ended sessions are bounded: the newest are kept, and those whose rest is owed', () => {
  const ended = createEndedSessions()
  for (let i = 0; i < 30_000; i++) ended.add(session(`owed-${i}`, true))
  expect(ended.size).toBe(10_100)
  expect(ended.get('owed-19899')).toBeUndefined()
  expect(ended.get('owed-19900')).toBeDefined()
  ended.release(session('owed-19900', false))
  expect([ended.get('owed-19900'), ended.size]).toEqual([undefined, 10_099])
  for (let i = 0; i < 200; i++) ended.add(session(`left-${i}`, false))
  expect([ended.get('left-99'), ended.get('left-100')?.chatId]).toEqual([undefined, 'left-100'])
})
