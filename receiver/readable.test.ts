import { expect, test } from 'vitest'
import type { ObservedPush } from '../protocol/stream/observation.ts'
import { masked } from './body-store.ts'
import { readable } from './readable.ts'

const taken: ObservedPush = {
  received: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  answered: 0,
  validated: 0,
  lane: '',
  inFlight: 0,
  mode: 'payload',
  body: '',
  violations: [],
}
const payload = {
  message: {
    secureKey: 'opaque',
    nextPosition: 12,
    chatEnded: false,
    messages: [
      { from: { nickname: 'Ann', participantId: 2, type: 'Agent' }, index: 11, text: 'good\nmorning', type: 'Message' },
    ],
  },
  deviceId: 'dev-1',
}

test('a payload push shows its event in one line and no key', () => {
  expect(readable({ ...taken, body: JSON.stringify(payload), lane: 'node-1', inFlight: 1 })).toBe(
    '03:04:05.678  payload    lane node-1  device dev-1  #11 Message from Agent "Ann"  "good morning"  (1 more of this lane unanswered)',
  )
})

test('a reliable notice shows position and attempt', () => {
  const userData = { 'notify-attempt': '2', 'notify-position': '-1', 'secure-key': 'abc' }
  const body = JSON.stringify({ deviceId: 'dev-1', message: { chatEnded: true, messages: [{ userData }] } })
  expect(readable({ ...taken, mode: 'reliable', body })).toBe(
    '03:04:05.678  reliable   device dev-1  notice from position -1, attempt 2  chat ended',
  )
})

test('broken rules follow on lines of their own', () => {
  const violations = [{ rule: 'PUSH-045', what: 'alias is wrong', at: '/message/alias', expected: '"0"', found: '"1"' }]
  expect(readable({ ...taken, mode: 'device-id', body: '{"deviceId":"dev-1"}', violations })).toBe(
    '03:04:05.678  device-id  device dev-1\n              ✗ PUSH-045 alias is wrong at /message/alias: expected "0", found "1"',
  )
})

test('what is no notification is shown shortened', () => {
  expect(readable({ ...taken, mode: 'refused', body: 'x'.repeat(200) })).toBe(
    `03:04:05.678  refused    ${'x'.repeat(80)}…`,
  )
})

test('stored bodies carry no keys', () => {
  expect(masked('{"secureKey":"a\\"b","userData":{"secure-key" : "c"},"text":"secureKey"}')).toBe(
    '{"secureKey":"masked","userData":{"secure-key" : "masked"},"text":"secureKey"}',
  )
})

test('what a sender writes neither steers the terminal nor begins a line, and is no longer than one', () => {
  const deviceId = `a\u001b[2J\n12:00:00.000  forged${'x'.repeat(10_000)}`
  const violation = { rule: 'PUSH-022', what: 'x', at: '', expected: 'a', found: '\u009b1m' }
  const push = { received: 0, mode: 'device-id', lane: '\u001b', inFlight: 0, body: JSON.stringify({ deviceId }) }
  const text = readable({ ...push, violations: Array(50).fill(violation) } as never)
  const lines = text.split('\n')
  expect(lines).toHaveLength(1 + 20 + 1)
  expect(text).not.toMatch(/[^\P{Cc}\n]/u)
  expect(lines.at(-1)).toContain('30 more')
  expect(Math.max(...lines.map(line => line.length))).toBeLessThan(600)
})
