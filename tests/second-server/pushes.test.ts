// Pushes of the second server: who gets which bodies, in which order, and what the log says of them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { What } from './outbox.ts'
import { type SecondServerOptions, startSecondServer } from './start.ts'
import { openChat, openSink, subscription, until } from './test-kit.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
const stage = async (options: SecondServerOptions = {}) => {
  const sink = await openSink()
  closers.push(sink.close)
  const server = await startSecondServer({ pushUrl: sink.url, ...options })
  closers.push(server.close)
  return { sink, server }
}

test('payload pushes carry one event each; own activity only on request', async () => {
  const { sink, server } = await stage({ agent: true, agentDelay: 30 })
  const all = await openChat(server.url, subscription('all', 'PushIncludePayload', 'NotifyRequestor'))
  const others = await openChat(server.url, subscription('others', 'PushIncludePayload'))
  const bare = await openChat(server.url, subscription('bare'))
  const none = await openChat(server.url, { ...subscription('none'), 'userData[GCTI_Chat_PushSubscribe]': 'false' })
  for (const chat of [none, all, others, bare]) await chat.call('send', { message: 'cg/1 hello' })
  await until(() => sink.of('all').length === 4 && sink.of('others').length === 2, 'pushes of both')
  await until(() => sink.pushes.filter(push => push.deviceId === 'bare').length === 2, 'pushes without payload')
  expect(sink.of('all').map(event => [event.index, event.type])).toEqual([
    [1, 'ParticipantJoined'],
    [2, 'Message'],
    [3, 'ParticipantJoined'],
    [4, 'Message'],
  ])
  expect(sink.of('others').map(event => event.from.participantId)).toEqual([2, 2])
  expect(sink.of('others').map(event => event.text)).toEqual([undefined, 'ok, noted'])
  const { message } = sink.pushes.filter(push => push.deviceId === 'others')[1]!
  const fixed = { alias: '0', chatId: 'deprecated', userId: 'deprecated', monitored: false }
  expect(message).toMatchObject({ ...fixed, chatEnded: false, statusCode: 0, nextPosition: 5 })
  expect(message!.messages).toEqual((await others.call('refresh', { transcriptPosition: '4' })).messages)
  for (const push of sink.pushes.filter(entry => entry.deviceId === 'bare')) expect(push).toEqual({ deviceId: 'bare' })

  await all.call('disconnect')
  await until(() => sink.of('all').length === 5, 'push of the end')
  expect(sink.of('all')[4]).toMatchObject({ type: 'ParticipantLeft', from: { participantId: 1 } })
  expect(sink.pushes.at(-1)!.message!.chatEnded).toBe(true)
  expect(sink.pushes.some(push => push.deviceId === 'none')).toBe(false)
})

test('reliable triggers repeat until a refresh or the last attempt', async () => {
  const pushContent = ['session-id', 'user-id', 'secure-key', 'app-dbid']
  const { sink, server } = await stage({ resendDelay: 0.1, resendAttempts: 2, pushContent })
  const flags = ['PushIncludePayload', 'NotifyRequestor', 'PushResend']
  const { opened, call } = await openChat(server.url, subscription('r', ...flags))
  const marksOf = (deviceId: string) =>
    sink.of(deviceId).map(({ userData }) => `${userData!['notify-position']}/${userData!['notify-attempt']}`)
  const marks = () => marksOf('r')
  const exhausted = ['1/0', '1/1', '1/2']
  await until(() => marks().length === 3, 'first notice and both repetitions')
  expect(marks()).toEqual(exhausted)
  expect(sink.of('r')[0]).toMatchObject({ index: 0, type: 'PushUrl', text: 'PUSH-NOTIFICATION' })
  expect(sink.of('r')[0]!.from).toEqual({ nickname: '', participantId: 0, type: 'Client' })
  expect(sink.of('r')[0]!.userData).toMatchObject({
    'session-id': opened.chatId,
    'user-id': opened.userId,
    'secure-key': opened.secureKey,
    'app-dbid': opened.alias,
  })
  expect(sink.pushes[0]!.message).toMatchObject({ alias: '0', chatId: 'deprecated', nextPosition: 2 })

  await call('refresh')
  await call('send', { message: 'one' })
  await call('refresh', { transcriptPosition: '2' })
  const confirmed = marks()
  expect(confirmed[3]).toBe('2/0')
  await openChat(server.url, subscription('later', ...flags))
  await until(() => marksOf('later').length === 3, 'repetitions for a chat opened later')
  // Only what was on its way when the refresh came may have followed it.
  expect(marks().slice(confirmed.length).length).toBeLessThanOrEqual(1)

  await call('startTyping')
  await until(() => marks().includes('3/1'), 'repetition for the next event')
  await call('disconnect')
  await until(() => marks().at(-1) === '-1/0', 'last trigger')
  expect(marks().filter(mark => mark.endsWith('/0'))).toEqual(['1/0', '2/0', '3/0', '-1/0'])
  expect(sink.pushes.at(-1)!.message!.chatEnded).toBe(true)
})

test('one POST at a time, and the log holds every push, also at a sudden end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'second-server-test-'))
  closers.push(async () => rmSync(folder, { recursive: true }))
  const file = join(folder, 'log.ndjson')
  const { sink, server } = await stage({ log: file })
  sink.holding = true
  const { call } = await openChat(server.url, subscription('q', 'PushIncludePayload', 'NotifyRequestor'))
  for (let count = 0; count < 20; count += 1) await call('send', { message: `${count}` })
  await until(() => sink.pushes.length === 1, 'first push')
  expect(server.log()).toMatchObject({ sent: 1, unsent: 0 })
  const closed = server.close()
  await expect(fetchFails(server.url)).resolves.toBe(true)
  sink.release()
  await closed
  expect(server.log()).toMatchObject({ sent: 1, unsent: 20, failed: 0 })
  expect(sink.mostInFlight).toBe(1)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(JSON.parse(lines[0]!)).toEqual({
    what: 'sent',
    deviceId: 'q',
    index: 1,
    type: 'ParticipantJoined',
    at: expect.any(Number),
  })
  expect(lines.map(line => JSON.parse(line).index)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1))
})

test('shares of pushes get lost or doubled, the same ones for the same seed', async () => {
  const decisions = async (seed: number) => {
    const { sink, server } = await stage({ drop: 0.2, double: 0.1, seed })
    const { call } = await openChat(server.url, subscription('d', 'PushIncludePayload', 'NotifyRequestor'))
    for (let count = 0; count < 299; count += 1) await call('send', { message: `${count}` })
    const total = () => server.log().sent + server.log().dropped + server.log().doubled
    await until(() => total() === 300, 'all pushes decided')
    await server.close()
    const log = server.log()
    expect(sink.pushes).toHaveLength(log.sent + 2 * log.doubled)
    expect(sink.mostInFlight).toBe(1)
    const copies: Partial<Record<What, number>> = { sent: 1, doubled: 2 }
    const expected = log.entries.flatMap(({ what, index }) => Array<number>(copies[what] ?? 0).fill(index))
    expect(sink.of('d').map(event => event.index)).toEqual(expected)
    expect(log.dropped).toBeGreaterThan(30)
    expect(log.doubled).toBeGreaterThan(10)
    return log.entries.map(({ what }) => what)
  }
  const [first, again, other] = [await decisions(7), await decisions(7), await decisions(8)]
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
})

async function fetchFails(url: string): Promise<boolean> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (
      await fetch(url, { headers: { connection: 'close' } }).then(
        () => false,
        () => true,
      )
    )
      return true
  }
  return false
}
