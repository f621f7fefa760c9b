import { expect, test } from 'vitest'
import type { TraceRecord } from '../../../protocol/stream/trace.ts'
import { hostNow } from '../../clock.ts'
import { connect, startTestBayeux } from '../bayeux/bayeux-for-tests.ts'
import { traceNotifications } from './trace-notifications.ts'

const notification = (index: number, text?: string) =>
  JSON.stringify({ channel: '/service/chatV2/care', data: { messages: [{ index, text }], monitored: false } })
const answer = JSON.stringify({
  channel: '/service/chatV2/care',
  data: { messages: [{ index: 7, text: 'asked for' }, { index: 8 }], nextPosition: 9 },
})

function traced(wants: () => boolean) {
  const records: TraceRecord[] = []
  const tracer = { record: (record: TraceRecord) => void records.push(record), wantsNotifications: wants }
  return { records, ...startTestBayeux({}, undefined, traceNotifications(tracer)) }
}

test.each(['long-polling', 'websocket'] as const)(
  'over %s a notification or an answer is told of when it is written, not when it is delivered',
  transport => {
    const { records, bayeux, client, socketClient } = traced(() => true)
    const me = transport === 'websocket' ? socketClient() : client()
    const [session] = bayeux.live()
    bayeux.deliverText(session!, notification(1, 'waits'))
    bayeux.deliverText(session!, answer)
    bayeux.deliver(session!, '/service/echo', 'of no chat')
    expect(records).toEqual([])
    const beforeMs = hostNow()
    me.send(connect)
    me.send(connect)
    bayeux.deliverText(session!, notification(2))
    expect(records).toEqual([
      ['notified', me.clientId, 1, expect.any(Number), 'waits'],
      ['shown', me.clientId, 9, expect.any(Number), ['asked for']],
      ['notified', me.clientId, 2, expect.any(Number), ''],
    ])
    for (const record of records) expect(record[3]).toBeGreaterThanOrEqual(beforeMs)
  },
)

test('nothing is told of while nobody wants to know', () => {
  const { records, bayeux, client } = traced(() => false)
  const me = client()
  const [session] = bayeux.live()
  bayeux.deliverText(session!, notification(1))
  me.send(connect)
  expect(records).toEqual([])
})
