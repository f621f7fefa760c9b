import { afterEach, expect, test } from 'vitest'
import { thresholdsInForce } from '../../judging/threshold.ts'
import { hostNow } from '../../process/host-clock.ts'
import { counters } from '../../protocol/instants.ts'
import { agentJoined, answer, goneAnswer, payloadPush, said } from '../fake-messages.ts'
import { type FakeRun, startFakeRun } from '../fake-run.ts'
import { liveText, metricTable } from './metric-table.ts'

let fake: FakeRun
afterEach(() => fake?.close())

const show = (thresholds: readonly string[] = []) =>
  liveText('1.2.3', {
    run: 'r1',
    info: { scenario: 'async-chat', seed: '7', target: 'http://127.0.0.1:1' },
    thresholds: thresholdsInForce(thresholds),
    tightestLimitMs: 500,
    books: fake.collector.live,
  })

/** `name{labels}` to value, without the label that all have. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map(line => {
      const [, name, value] = /^(.+) (\S+)$/.exec(line)!
      return [name!.replace(/\{run="r1",?/, '{').replace('{}', ''), Number(value)]
    }),
  )
}

test('names, types and help keep to the conventions of Prometheus', () => {
  for (const { name, type, help } of metricTable) {
    expect(name).toMatch(/^chatgauge_[a-z0-9]+(_[a-z0-9]+)*$/)
    expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
    expect([name, name.endsWith('_seconds')]).toEqual([name, type === 'histogram' || /_seconds$/.test(name)])
    expect(help).toMatch(/^[A-Z].*\.$/)
  }
  const names = metricTable.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test('before its plan is known a run has zeros, no phase and no limits, and nothing of a trace that may never come', async () => {
  fake = await startFakeRun()
  const samples = samplesOf(show())
  expect(samples.get('chatgauge_disconnect_latency_seconds_bucket{phase="drain",le="0.5"}')).toBe(0)
  const phases = ['warm-up', 'steady', 'drain'].map(phase => samples.get(`chatgauge_phase{phase="${phase}"}`))
  expect(phases).toEqual([0, 0, 0])
  expect([...samples.keys()].filter(name => /validity|phase_start|queue_wait/.test(name))).toEqual([])
  expect(samples.get('chatgauge_messages_sent_total')).toBe(0)
  expect(samples.get('chatgauge_build_info{version="1.2.3"}')).toBe(1)
})

test('a run tells while it lives what its result tells at the end', async () => {
  fake = await startFakeRun()
  fake.start()
  const all = [agentJoined, said(3), said(4)]
  for (const event of [...all, said(4)]) fake.receiver.push(payloadPush(0, event))
  fake.shard.row('send', {}, answer([], 2))
  fake.shard.row('refresh', { position: 2, triggered: hostNow() }, answer(all, 5))
  fake.shard.row('ping', { unsent: 1 }, '')
  const lines = JSON.stringify({
    type: 'state',
    shard: 0,
    at: hostNow(),
    live: 7,
    inFlight: 0,
    buffered: 0,
    counts: {},
  })
  fake.shard.raw(lines)
  await fake.shard.stage('quiet')
  const text = show(['push_latency p(99)<300', 'push_latency p(99)<400', 'pushes_lost count==0'])
  const during = samplesOf(text)
  expect(text).not.toContain('NaN')
  expect(
    Object.fromEntries([...during].filter(([name]) => /phase\{|threshold|_live|_planned|_sent_t/.test(name))),
  ).toEqual({
    'chatgauge_phase{phase="warm-up"}': 0,
    'chatgauge_phase{phase="steady"}': 1,
    'chatgauge_phase{phase="drain"}': 0,
    chatgauge_sessions_live: 7,
    chatgauge_sessions_planned_total: 1,
    chatgauge_messages_planned_total: 1,
    chatgauge_messages_sent_total: 1,
    chatgauge_pings_planned_total: 1,
    chatgauge_pings_sent_total: 0,
    chatgauge_actions_sent_total: 3,
    'chatgauge_threshold_limit_seconds{metric="push_latency",phase="steady",statistic="p(99)",operator="<"}': 0.3,
  })
  expect(during.get('chatgauge_validity_ok{limit="dropped_iterations"}')).toBe(0)
  expect(during.get('chatgauge_pushes_duplicate_total')).toBe(1)
  expect(during.get('chatgauge_validity_limit_seconds{limit="schedule_lateness"}')).toBe(0.1)

  const joined = { index: 1, type: 'ParticipantJoined', participantId: 1 }
  fake.shard.row('finalRefresh', { position: 1 }, answer([joined, ...all], 5))
  await fake.shard.stage('refreshed')
  fake.shard.row('disconnect', {}, goneAnswer)
  await fake.shard.stage('left')
  fake.shard.bye()
  const facts = await fake.collector.finish()
  const after = samplesOf(show())
  for (const counter of counters) {
    const shown = after.get(`chatgauge_${counter}_total`) ?? after.get(`chatgauge_${counter}`)
    // The result tells the most at once.
    expect([counter, shown]).toEqual([counter, counter === 'sessions_live' ? 0 : facts.counters[counter]])
  }
  expect(after.get('chatgauge_violations_total{rule="CS-072"}')).toBe(1)
  expect(after.get('chatgauge_pushes_missing')).toBe(0)
  const { count } = facts.metrics.push_latency!.steady!
  expect(after.get('chatgauge_push_latency_seconds_count{phase="steady"}')).toBe(count)
  expect(after.get('chatgauge_push_latency_seconds_bucket{phase="steady",le="+Inf"}')).toBe(count)
  expect(after.get('chatgauge_push_latency_seconds_sum{phase="drain"}')).toBe(0)
})
