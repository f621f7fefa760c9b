import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { arrivalText, askedText } from '../protocol/stream/bayeux-arrival.ts'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'
import { notificationSink } from './notification-sink.ts'
import { openContext } from './open-context.ts'
import { takeRow } from './row-intake.ts'
import type { RunContext } from './run-context.ts'

const chat = '/service/chatV2/care'
const advice = { reconnect: 'retry', interval: 0, timeout: 30_000 }
const shaken = { version: '1.0', supportedConnectionTypes: ['long-polling'], advice }

/** Customers who poll; `found` = the broken rules in the order in which they were told. */
async function run(isReference = true) {
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-arrivals-'))
  const settings = {
    ...{ run: 'abc', shards: [0], modeOf: () => 'off' as const, notifyRequestor: false, isComet: true },
    ...{ isReference, observeMs: 800, isHoldingAnswers: false, areLanesNodes: true },
  }
  const contextOf = (): RunContext => context
  const { context, closeFiles } = openContext(settings, notificationSink(contextOf, {}), outDir, () => {})
  const ordinals = [0, 0]
  const row: ShardRow = {
    ...{ session: 0, operation: 'arrival', status: 200, errorCode: 0, position: 1, sequence: 0, triggered: 0 },
    ...{ planned: 1_100, ready: 1_100, sent: 1_100, answered: 1_100, unsent: 0 },
  }
  return {
    context,
    came(session: number, channel: string, id: string, text: string | undefined) {
      ordinals[session] = ordinals[session]! + 1
      const body = text === undefined ? undefined : arrivalText(askedText([{ channel, id }]), '', text)
      takeRow(context, { ready: 0, sent: 0 }, 0, { ...row, session, position: ordinals[session] }, body)
    },
    async found() {
      await closeFiles()
      const text = await readFile(join(outDir, 'violations.ndjson'), 'utf8')
      return text.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line).rule as string]))
    },
  }
}

const reply = (channel: string, id: string, more: object = {}) =>
  JSON.stringify([{ channel, id, successful: true, ...more }])
const hands = (id: string, clientId: string) => reply('/meta/handshake', id, { ...shaken, clientId })

test('replies are counted by their kind, what was lost on its way is counted only', async () => {
  const { context, came, found } = await run()
  came(0, '/meta/handshake', '1', hands('1', 'a1b2c3d4e5f6g7h8i9j0k1'))
  came(0, '/meta/connect', '2', reply('/meta/connect', '2'))
  came(0, chat, '3', reply(chat, '3'))
  came(0, chat, '4', undefined)
  came(0, '/meta/disconnect', '5', reply('/meta/disconnect', '5'))
  expect(context.coverage.arrivals).toBe(5)
  expect(Object.fromEntries(context.coverage.kinds)).toEqual({
    'bayeux-handshake-reply': 1,
    'bayeux-connect-reply': 1,
    'bayeux-publish-reply': 1,
    'bayeux-disconnect-reply': 1,
  })
  expect(await found()).toEqual([])
})

test.each([
  [['BX-003'], 'schema_violations', '"no messages"'],
  [['BX-003'], 'schema_violations', 'no JSON'],
  [['BX-080'], 'schema_violations', reply(chat, '2', { data: {} })],
  [['BX-171', 'BX-171'], 'rule_violations', reply(chat, '3')],
] as const)('%j are %s', async (rules, counter, text) => {
  const { context, came, found } = await run()
  came(0, chat, '2', text)
  expect(await found()).toEqual(rules)
  expect(context.counting.value(counter)).toBe(rules.length)
})

test('[BX-173] [BX-021] clientIds are told apart over all sessions', async () => {
  const [mine, other] = ['a1b2c3d4e5f6g7h8i9j0k1', 'z1b2c3d4e5f6g7h8i9j0k1']
  const { context, came, found } = await run()
  came(0, '/meta/handshake', '1', hands('1', mine))
  came(1, '/meta/handshake', '1', hands('1', other))
  came(0, chat, '2', reply(chat, '2', { clientId: mine }))
  came(0, chat, '3', reply(chat, '3', { ext: { by: other } }))
  came(1, '/meta/handshake', '2', hands('2', mine))
  context.leaks.forget('0.1')
  came(0, chat, '4', reply(chat, '4', { ext: { by: other } }))
  expect(await found()).toEqual(['BX-173', 'BX-021'])
})

test('[BX-172] the exact form of an error is asked of the reference server only', async () => {
  const refused = reply(chat, '2', { successful: false, error: 'no' })
  for (const [isReference, rules] of [
    [true, ['BX-172']],
    [false, []],
  ] as const) {
    const { came, found } = await run(isReference)
    came(0, chat, '2', refused)
    expect(await found()).toEqual(rules)
  }
})
