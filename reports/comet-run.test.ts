import { expect, test } from 'vitest'
import type { Result } from '../schemas/generated/types.ts'
import { renderReport } from './html-report.ts'
import { limitSentence } from './nearest-limits.ts'
import { readSample } from './samples/read-sample.ts'
import { storySentence } from './sections/story.ts'
import { renderSummary } from './summary.ts'

/** The sample as a run over CometD would be: no push was to come. */
function comet(options: Result['options'] = {}): Result {
  const pass = readSample('pass')
  const { push_latency: latency = {} } = pass.metrics
  const sources = [
    { name: 'receiver sockets', what: 'POSTs read', count: 0 },
    { name: 'ledger', what: 'notifications', count: 620 },
  ]
  return {
    ...pass,
    scenario: 'cometd-chat',
    verdict: { ...pass.verdict, sentence: 'cometd-chat: 620 notifications, 0 lost' },
    coverage: { ...pass.coverage, rulesChecked: ['CV2-119'] },
    options: { ...pass.options, transport: 'websocket', push: 'off', 'ping-interval': '0s', cut: '50%', ...options },
    metrics: { notification_latency: latency, resume_latency: latency },
    rates: { ...pass.rates, notifications_received: { offered: null, achieved: 54 } },
    counters: { ...pass.counters, connections_resumed: 100 },
    ledger: { ...pass.ledger, covered: 24, repeated: 0, refused: 0, duplicate: 0, sources },
    nodes: [],
    chatServers: [{ name: '201', chats: 100, events: 900, notices: 0 }],
    intervals: { ...pass.intervals, blocks: { every: 1, base: 1, histograms: {} } as never },
  }
}

/** As a reader sees it: no data, no styles, no options in force. */
function visible(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<summary>All (options|counters|latencies)[\s\S]*?<\/details>/g, '')
    .replace(/<[^>]+>/g, ' ')
}

test('a page about notifications says nothing of pushes, POSTs and nodes that nobody could see', () => {
  const page = visible(renderReport(comet())).replace(/without pushes|--(push|receiver-delay) \S+/g, '')
  expect(page.match(/[^.]{0,60}\b(push(es|ed)?|POSTs?|GMS nodes? cannot)\b[^.]{0,40}/gi) ?? []).toEqual([])
  expect(page).toContain('By Chat Server')
  expect(page).toContain('from the loss of the connection to the answer with what was missed')
})

test('the first page of a run with --cut tells the cut, losses, doubles and resumes', () => {
  const page = visible(renderReport(comet()))
  const first = page.slice(0, page.indexOf('Over time'))
  expect(first).toContain('cometd-chat over CometD on WebSocket, connections cut (50%) · run')
  expect(first).toMatch(/0 doubled/)
  expect(first).toMatch(/100 connections resumed/)
  const summary = renderSummary(comet())
  expect(summary).toContain('Over CometD on WebSocket, connections cut (50%) · Notification latency')
  expect(summary).toContain('lost **0** · doubled **0** ·')
  expect(summary).toContain('connections resumed **100**')
})

test('what was run says how, and only what was done', () => {
  const text = storySentence(comet({ cut: '40%..60%' }))
  expect(text).toContain('over CometD on WebSocket, without pushes.')
  expect(text).toContain('no chat pinged')
  expect(text).toContain('Each connection was cut once on purpose, between 40% and 60% of the steady phase.')
  const foreign = { ...comet({ cut: '10s' }), target: { url: 'http://gms.example', reference: false, service: 's' } }
  expect(storySentence(foreign)).toContain('What agents said there was up to the target.')
  expect(storySentence(foreign)).not.toContain('unprompted')
  expect(storySentence(foreign)).toContain('at 10s after the beginning of the steady phase.')
  const files = storySentence({ ...readSample('pass'), options: { 'file-rate': '5/s', 'file-size': '20000' } })
  expect(files).toContain('customers made 5/s file requests (limits, uploads of 20,000 bytes, downloads)')
})

test('[CV2-120] where no agent answers, no longer run would help, and what limits says so', () => {
  const text =
    'notification_latency has no sample: nobody but the customers said anything, and over CometD a customer hears only others (CV2-120); have an agent answer each chat'
  const threshold = { metric: 'notification_latency', expression: 'p(99)<500', limit: 500, isDefault: true } as const
  const result: Result = {
    ...comet(),
    thresholds: [{ ...threshold, value: null, samples: 0, verdict: 'inconclusive', text }],
    verdict: { exit: 3, word: 'invalid', sentence: text, reasons: [{ exit: 3, kind: 'inconclusive', text }] },
  }
  expect(limitSentence(result)).toBe('The silence of the agents: have an agent answer each chat.')
})
