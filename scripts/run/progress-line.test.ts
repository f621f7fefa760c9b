import { expect, test } from 'vitest'
import { progressText } from './progress-line.ts'

const figures = {
  ...{ elapsedSeconds: 65, phase: 'steady', sessionsLive: 200, away: 0, messagesPerSecond: 40.2, isComet: true },
  ...{ pushesPerSecond: 80, pushes: 900, pushP99Ms: undefined, lost: 0, violations: 0, failed: 0 },
  mostFailed: undefined,
}

test('customers whose connection is lost are told while there are any', () => {
  const rest = '40 messages/s  80 notifications/s  p99 –  0 missing  0 violations'
  expect(progressText(figures)).toBe(`1:05 steady   200 sessions  ${rest}`)
  expect(progressText({ ...figures, away: 134 })).toBe(`1:05 steady   200 sessions, 134 away  ${rest}`)
})

test('who meets no GMS is told so while it goes on', () => {
  const failing = { ...figures, failed: 1_065, mostFailed: { operation: 'requestChat', outcome: 'HTTP 501' } }
  expect(progressText(failing)).toMatch(/ {2}0 violations {2}1,065 failed \(requestChat: HTTP 501\)$/)
})
