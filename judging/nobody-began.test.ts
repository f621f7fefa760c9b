import { expect, test } from 'vitest'
import type { FailureKind, Threshold } from '../schemas/generated/types.ts'
import { withNobodyBegun } from './nobody-began.ts'

const failed: Threshold = {
  ...{ metric: 'requests_failed', expression: 'count==0', limit: 0, value: 65, samples: 65, verdict: 'fail' },
  ...{ isDefault: true, text: '65 requests failed (requests_failed, limit 0)' },
}
const kind = (operation: string, outcome: string, count: number): FailureKind => ({
  ...{ operation, outcome, count, first: '2026-11-22T00:00:00.000Z', last: '2026-11-22T00:00:01.000Z' },
})
const blocked = kind('send', 'never ready', 60)

test('a target that refuses every chat is named with its answer', () => {
  const [told] = withNobodyBegun([failed], {
    sessions: 0,
    failures: [blocked, kind('requestChat', 'HTTP 404', 4), kind('requestChat', 'timeout', 1)],
    losses: [],
  })
  expect(told!.text).toBe(
    'no chat could begin: 5 requests for one failed, most with: HTTP 404 (requests_failed 65, limit 0)',
  )
})

test('without a CometD endpoint the tries to connect are told, not the requests that waited for one', () => {
  const [told] = withNobodyBegun([failed], {
    sessions: 0,
    failures: [blocked, kind('requestChat', 'timeout', 5)],
    losses: [kind('first try', 'WebSocket refused', 30)],
  })
  expect(told!.text).toBe(
    'no chat could begin: 30 tries to connect over CometD failed, each with: WebSocket refused (requests_failed 65, limit 0)',
  )
})

test.each([
  ['one chat began', 1, [kind('requestChat', 'HTTP 404', 5)]],
  ['none was asked for', 0, [blocked]],
])('where %s, the count stands as it is', (_, sessions, failures) => {
  expect(withNobodyBegun([failed], { sessions, failures, losses: [] })).toEqual([failed])
})
