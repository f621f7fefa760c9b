import { expect, test } from 'vitest'
import type { Result } from '../schemas/generated/types.ts'
import { renderReport } from './html-report.ts'
import { renderJunit } from './junit.ts'
import { readSample } from './samples/read-sample.ts'
import { renderSummary } from './summary.ts'

/** Customers were pushed, and heard over CometD; one notification was lost. */
function pushedAndHeard(): Result {
  const result = readSample('pass')
  const book = { ...result.ledger, posts: 4_321, delivered: 4_321, expected: 4_323, lost: 1, open: 1, covered: 0 }
  result.options.transport = 'websocket'
  result.notificationLedger = { ...book, repeated: 0, duplicate: 0, foreign: 0, refused: 0, sources: [], byType: {} }
  result.metrics.notification_latency = result.metrics.push_latency!
  const { columns } = result.intervals
  for (const [name, values] of Object.entries(columns))
    if (name.startsWith('push_latency')) columns[name.replace('push', 'notification')] = values
  result.coverage.kinds.notification = 4_321
  result.coverage.pushesValidated += 4_321
  result.thresholds.push({
    ...{ metric: 'notifications_lost', expression: 'count==0', limit: 0, value: 1, samples: 1, verdict: 'fail' },
    ...{ isDefault: true, text: '1 notification was lost (notifications_lost, limit 0)' },
  })
  return result
}

test('the page tells of both ways, each with its latency and its ledger, and the lost notification is among the key numbers', () => {
  const page = renderReport(pushedAndHeard())
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  expect(page).toContain('Notifications beside the pushes')
  expect(page).toContain('where every event and every POST went')
  expect(page).toContain('where every event and every notification went')
  expect(page).toContain('Notification latency over time')
  expect(page).toMatch(/pushes and notifications/)
  const first = page.slice(0, page.indexOf('<nav'))
  expect(first).toMatch(/Push latency, p99[\s\S]*Notification latency, p99[\s\S]*Pushes and notifications lost/)
  expect(first).toMatch(/notifications: 1 of 4,323 expected/)
  expect(renderReport(readSample('pass'))).not.toMatch(/beside the pushes|id="heard/)
})

test('Markdown and JUnit say which is which', () => {
  const result = pushedAndHeard()
  const summary = renderSummary(result)
  expect(summary).toContain('### Ledger of pushes')
  expect(summary).toMatch(/### Ledger of notifications\n\n4,323 expected = 4,321 delivered/)
  expect(summary).toMatch(/Notification latency p99 \*\*[\d.]+ ms\*\* · lost \*\*1\*\* · notifications \*\*4,321\*\*/)
  const xml = renderJunit(result)
  expect(xml).toMatch(/<testcase name="the ledger of notifications balances"/)
  expect(xml).toMatch(/name="no notification is still open"[\s\S]*?1 notifications were still open at the end/)
  expect(xml).toMatch(/<testcase name="no push is still open"/)
})
