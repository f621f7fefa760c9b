import { expect, test } from 'vitest'
import { createLedger } from '../judging/ledger.ts'
import { createClocks } from './clocks.ts'
import type { RunSettings } from './run-settings.ts'
import type { Session } from './session.ts'
import { createSessions } from './sessions.ts'

const settings: RunSettings = {
  run: '7f3a2c',
  shards: [0],
  modeOf: () => 'payload',
  notifyRequestor: true,
  isReference: true,
  observeMs: 10_000,
  isHoldingAnswers: false,
  areLanesNodes: true,
}

test('sessions that are over, settled and silent are forgotten; a push that still comes is a duplicate', () => {
  const ledger = createLedger<Session>({
    isPushed: () => true,
    notifiesRequestor: true,
    isLenient: false,
    observeMs: 10_000,
  })
  const sessions = createSessions(settings, { ledger }, createClocks())
  for (let number = 0; number < 1_000; number += 1) {
    const session = sessions.of(0, number, 0)
    ledger.answered(session.ledger, { from: 1, nextPosition: 2, events: [], answeredMs: 1, isTriggered: false })
    if (number >= 10) session.hasLeft = true
    if (number === 20) ledger.left(session.ledger, 1)
  }
  const ended: string[] = []
  sessions.forget(59_999, ({ name }) => ended.push(name))
  expect(ended).toEqual([])
  sessions.forget(60_000, ({ name }) => ended.push(name))
  // Ten live ones, and the one whose leave push has not come.
  expect(sessions.size()).toBe(11)
  expect(ended).toHaveLength(989)

  const late = sessions.of(0, 500, 70_000)
  ledger.posted(late.ledger, {
    receivedMs: 70_000,
    mode: 'payload',
    event: { index: 1, type: 'Message', isOwn: false },
  })
  expect(ledger.counts).toMatchObject({ duplicate: 1, foreign: 0 })
})
