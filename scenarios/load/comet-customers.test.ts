import { describe, expect, test } from 'vitest'
import { readArrival } from '../../protocol/stream/bayeux-arrival.ts'
import type { Trigger } from '../../protocol/stream/trigger.ts'
import { answer, chatChannel, cometBench, event, handshake, notification } from './comet-bench.ts'

const transports = ['websocket', 'long-polling'] as const

describe.each(transports)('%s', transport => {
  test('[CV2-111] [CV2-123] a chat is requested on a session of its own, and what follows carries its key alone', async () => {
    const bench = cometBench(transport)
    const { session, asked } = await bench.live(0)
    expect(asked.data).toMatchObject({ operation: 'requestChat', userData: { GCTI_Chat_AsyncMode: 'true' } })
    expect([session.state, session.nextPosition, bench.shard.live()]).toEqual(['live', 2, 1])
    bench.shard.act(session, { operation: 'send', plannedMs: 1_000 })
    const { message } = bench.reply(chatChannel, {}, [answer(3, [event(2, 1)])])
    expect(message.data).toEqual({
      operation: 'sendMessage',
      secureKey: 'k',
      message: expect.stringMatching(/^cg\/abc\/c0\.0\/1\//),
    })
    expect(bench.did()).toEqual(['requestChat', 'send'])
    expect(bench.rows[1]!.row).toMatchObject({ status: 200, sequence: 1, position: -1 })
  })

  test('what nobody asked for is no answer, and moves the position', async () => {
    const bench = cometBench(transport)
    const { session } = await bench.live(0)
    bench.shard.act(session, { operation: 'send', plannedMs: 1_000 })
    const held = bench.take('/meta/connect')
    bench.at(1_200)
    bench.say(held.customer, held.link, notification(2))
    expect(bench.did()).toEqual(['requestChat', 'notification'])
    expect(bench.rows[1]).toMatchObject({ row: { status: 200, answered: 1_200, sequence: 1 } })
    expect(JSON.parse(bench.rows[1]!.answer)).toEqual(notification(2))
    expect([session.nextPosition, session.isBusy]).toEqual([3, true])
  })

  test('[hearing_delay] what is heard behind a standstill of our loop may have waited since that began', async () => {
    const bench = cometBench(transport)
    await bench.live(0)
    for (const atMs of [1_010, 1_810, 2_100]) {
      bench.at(atMs)
      bench.reply('/meta/connect', {}, [notification(atMs)])
    }
    const heard = bench.rows.filter(({ row }) => row.operation === 'notification')
    expect(heard.map(({ row }) => [row.answered, row.ready - row.answered])).toEqual([
      [1_010, 0],
      [1_810, 790],
      [2_100, 280],
    ])
  })

  test('[hearing_delay] but no longer than since it was said', async () => {
    const bench = cometBench(transport)
    await bench.live(0)
    const said = (index: number, plannedMs: number) =>
      notification(index, {
        messages: [{ ...event(index), text: `cg/abc/a0.0/${index}/${plannedMs}+250 hi` }],
      })
    bench.at(1_810)
    bench.reply('/meta/connect', {}, [said(2, 1_700), said(3, 1_900), said(4, 900)])
    const heard = bench.rows.filter(({ row }) => row.operation === 'notification')
    expect(heard.map(({ row }) => row.ready - row.answered)).toEqual([109.75, 0, 800])
  })

  test('[CV2-131] after a cut it asks from the position it had then, whatever the server had kept meanwhile', async () => {
    const bench = cometBench(transport)
    const { session } = await bench.live(0)
    const held = bench.take('/meta/connect')
    bench.shard.act(session, { operation: 'cut', plannedMs: 1_000 })
    expect(bench.dropped).toEqual([held.link])
    // What still comes over the lost connection is not heard.
    bench.say(held.customer, held.link, notification(2))
    bench.at(2_100)
    await Promise.resolve()
    bench.reply('/meta/connect', {}, [notification(3)])
    const { message } = bench.reply(chatChannel, {}, [answer(4, [event(2), event(3)])])
    expect(message.data).toEqual({ operation: 'requestNotifications', secureKey: 'k', transcriptPosition: 2 })
    expect(bench.did()).toEqual(['requestChat', 'notification', 'resume'])
    expect(bench.rows[1]!.row).toMatchObject({ sequence: 3, position: -1 })
    expect(bench.rows[2]!.row).toMatchObject({ planned: 1_000, sent: 2_100, position: 2, sequence: 1, status: 200 })
    expect([session.nextPosition, session.isAway, bench.shard.inFlight()]).toEqual([4, false, 0])
  })

  test.each(['', '{', '[]', '[7]'])('what is no Bayeux message is the end of its connection: %j', async text => {
    const bench = cometBench(transport)
    const { session } = await bench.live(0)
    const { customer, link } = bench.take('/meta/connect')
    bench.comet.came(customer, link, text, 1_000, 1_000)
    // Nothing stays open beside the connection that comes next.
    expect([bench.dropped, session.isAway]).toEqual([[link], true])
    expect(bench.losses).toEqual([[1_000, 'connection', 'what came is no Bayeux message']])
  })

  test('every second customer comes back as a new client', async () => {
    const bench = cometBench(transport)
    const { session } = await bench.live(1)
    bench.take('/meta/connect')
    bench.shard.act(session, { operation: 'cut', plannedMs: 1_000 })
    // Its own wait of a second is an eighth longer.
    bench.at(2_110)
    expect(bench.sent).toEqual([])
    bench.at(2_140)
    await Promise.resolve()
    bench.reply('/meta/handshake', handshake(7))
    const { message } = bench.reply(chatChannel, {}, [answer(2)])
    expect([message.clientId, bench.did().at(-1)]).toEqual(['client7', 'resume'])
  })

  test('what a customer has to say while it is cut off is due when it is back', async () => {
    const bench = cometBench(transport)
    const { session } = await bench.live(0)
    bench.take('/meta/connect')
    bench.shard.act(session, { operation: 'cut', plannedMs: 1_000 })
    bench.shard.act(session, { operation: 'send', plannedMs: 1_500 })
    expect([bench.sent, bench.shard.isQuiet()]).toEqual([[], false])
    bench.at(2_100)
    await Promise.resolve()
    bench.reply('/meta/connect')
    bench.reply(chatChannel, {}, [answer(2)])
    expect(bench.take(chatChannel).message.data).toMatchObject({ operation: 'sendMessage' })
    bench.at(2_100 + 20_001)
    // Taken and never answered.
    expect(bench.rows.at(-1)!.row).toMatchObject({ operation: 'send', planned: 2_100, status: 0, errorCode: 1050 })
  })

  test('[CV2-147] [PUSH-020] who is pushed as well subscribes alike with each request for notifications, and a push asks for them', async () => {
    const bench = cometBench(transport, 'reliable')
    const { session, asked } = await bench.live(0)
    const device = { push_notification_deviceid: 'cg-abc-0-0', push_notification_type: 'customhttp' }
    const userData = { ...device, GCTI_GMS_PushIncludePayload: 'true', GCTI_GMS_PushResend: 'true' }
    expect(asked.data).toMatchObject({ operation: 'requestChat', userData })
    bench.reply('/meta/connect', {}, [notification(2)])
    bench.take('/meta/connect')
    const push: Trigger = { session: 0, receivedMs: 1_000, nextPosition: 3, ended: false, heldMs: 0 }
    bench.shard.pushed(push)
    const refresh = { operation: 'requestNotifications', secureKey: 'k', transcriptPosition: 3, userData }
    expect(bench.reply(chatChannel, {}, [answer(3)]).message.data).toEqual(refresh)
    expect(bench.rows.at(-1)!.row).toMatchObject({
      operation: 'refresh',
      triggered: 1_000,
      position: 3,
      sequence: 2 * 2,
    })
    // Pushes go on while it is cut off, and are answered behind the resume.
    bench.shard.act(session, { operation: 'cut', plannedMs: 1_000 })
    bench.shard.pushed({ ...push, receivedMs: 1_500, nextPosition: 6 })
    bench.at(2_100)
    await Promise.resolve()
    bench.reply('/meta/connect')
    expect(bench.reply(chatChannel, {}, [answer(4, [event(3)])]).message.data).toEqual(refresh)
    const { message } = bench.reply(chatChannel, {}, [answer(4)])
    expect(message.data).toEqual({ ...refresh, transcriptPosition: 4 })
    expect(bench.rows.at(-1)!.row).toMatchObject({
      operation: 'refresh',
      planned: 2_100,
      triggered: 1_500,
      // The push has told of 5.
      sequence: 2 * 5 + 1,
    })
  })

  test('a request whose answer is lost with the connection has failed, and nothing goes out before the resume', async () => {
    const bench = cometBench(transport)
    const { session } = await bench.live(0)
    bench.shard.act(session, { operation: 'send', plannedMs: 1_000 })
    bench.shard.act(session, { operation: 'send', plannedMs: 1_000 })
    const first = bench.take(chatChannel)
    const held = bench.take('/meta/connect')
    bench.comet.lost(first.customer, first.link, 'gone')
    if (transport === 'long-polling') bench.comet.lost(held.customer, held.link, 'gone')
    expect(bench.rows.at(-1)!.row).toMatchObject({ operation: 'send', status: 0, errorCode: 0 })
    expect([session.isAway, bench.sent]).toEqual([true, []])
    expect(bench.losses).toEqual([[1_000, 'connection', 'gone']])
    bench.at(2_100)
    await Promise.resolve()
    bench.reply('/meta/connect')
    bench.reply(chatChannel, {}, [answer(2)])
    // Its plan stands: that the connection broke is no doing of ours.
    expect(bench.rows.at(-1)!.row).toMatchObject({ operation: 'resume', sequence: 0 })
    expect(bench.take(chatChannel).message.data).toMatchObject({ operation: 'sendMessage' })
  })

  test('a notification that the chat has ended ends the session, and its client leaves', async () => {
    const bench = cometBench(transport)
    const { session } = await bench.live(0)
    bench.reply('/meta/connect', {}, [notification(2, { chatEnded: true })])
    expect([session.state, bench.shard.live(), bench.shard.sessions.size]).toEqual(['over', 0, 0])
    bench.at(1_100)
    bench.reply('/meta/disconnect')
    // Its connect is still held.
    expect(bench.comet.size()).toBe(1)
    bench.reply('/meta/connect', { advice: { reconnect: 'none' } })
    expect(bench.comet.size()).toBe(0)
  })
})

test('what a cut off customer cannot say any more is said by another, though the plan of both has ended meanwhile', async () => {
  const bench = cometBench('websocket')
  const { session } = await bench.live(0)
  bench.take('/meta/connect')
  const { session: other } = await bench.live(1)
  bench.take('/meta/connect')
  for (const { plan } of [session, other]) plan.endsMs = 2_000
  bench.shard.act(session, { operation: 'cut', plannedMs: 1_000 })
  bench.shard.act(session, { operation: 'send', plannedMs: 1_500 })
  bench.at(2_100)
  await Promise.resolve()
  bench.reply('/meta/connect')
  const ended = answer(3, [event(2)]) as { data: object }
  bench.reply(chatChannel, {}, [{ ...ended, data: { ...ended.data, chatEnded: true } }])
  const { message, customer } = bench.take(chatChannel)
  expect([message.data, customer.session]).toEqual([expect.objectContaining({ operation: 'sendMessage' }), other])
  expect(bench.shard.counts.actions_blocked).toBe(0)
})

test('why a connection was lost is told once, and then each try that failed; who is never back has a resume that never came', async () => {
  const bench = cometBench('long-polling')
  const { session } = await bench.live(0)
  const lose = (why: string) => {
    const { customer, link } = bench.take('/meta/connect')
    bench.comet.lost(customer, link, why)
  }
  lose('gone')
  bench.at(2_100)
  lose('refused')
  bench.at(4_200)
  lose('HTTP 502')
  expect(bench.losses).toEqual([
    [1_000, 'connection', 'gone'],
    [2_100, 'new try', 'refused'],
    [4_200, 'new try', 'HTTP 502'],
  ])
  bench.comet.stop()
  expect(bench.rows.at(-1)!.row).toMatchObject({ operation: 'resume', unsent: 2, planned: 1_000, sent: 4_200 })
  expect([session.state, bench.shard.counts.actions_blocked, bench.shard.isQuiet()]).toEqual(['failed', 1, true])
})

test('a client that the server ends in mid-chat is a loss, and the fault of the server', async () => {
  const bench = cometBench('long-polling')
  await bench.live(0)
  bench.reply('/meta/connect', { successful: false, error: '402::Unknown client', advice: { reconnect: 'none' } })
  expect(bench.losses).toEqual([[1_000, 'connection', '402::Unknown client']])
  expect(bench.rows.at(-1)!.row).toMatchObject({ operation: 'resume', unsent: 2 })
})

test('[CV2-131] a request that fails alone, its poll still held, is followed by a resume until one is answered', async () => {
  const bench = cometBench('long-polling')
  const { session } = await bench.live(0)
  bench.shard.act(session, { operation: 'send', plannedMs: 1_000 })
  bench.shard.act(session, { operation: 'send', plannedMs: 1_000 })
  const refuse = () => {
    const { customer, link } = bench.take(chatChannel)
    bench.comet.lost(customer, link, 'HTTP 503')
  }
  refuse()
  expect([session.isAway, bench.did()]).toEqual([true, ['requestChat', 'send']])
  bench.at(1_030)
  refuse()
  bench.at(1_900)
  expect(bench.sent.flatMap(({ messages }) => messages.map(({ channel }) => channel))).toEqual(['/meta/connect'])
  bench.at(2_060)
  refuse()
  bench.at(4_100)
  bench.reply(chatChannel, {}, [answer(2)])
  expect(bench.rows.at(-1)!.row).toMatchObject({ operation: 'resume', status: 200, planned: 1_000, sent: 4_100 })
  expect(bench.losses).toEqual([[1_030, 'connection', 'a request failed, the connection did not']])
  expect(bench.take(chatChannel).message.data).toMatchObject({ operation: 'sendMessage' })
})

test('what came beside the poll may have overtaken others, and a resume asks from before it', async () => {
  const bench = cometBench('long-polling')
  const { session } = await bench.live(0)
  bench.shard.act(session, { operation: 'send', plannedMs: 1_000 })
  bench.reply(chatChannel, {}, [notification(2), answer(4, [event(3, 1)])])
  expect(bench.rows.map(({ row }) => [row.operation, row.sequence])).toContainEqual(['notification', 0])
  expect(session.nextPosition).toBe(2)
})

describe('what the collector is told of what came', () => {
  const told = ({ arrivals }: ReturnType<typeof cometBench>) =>
    arrivals.map(({ row, text }) => ({ ...readArrival(text), at: row.position, socket: row.sequence, text: undefined }))

  test('on a WebSocket a lone event of the chat is no arrival, and what was asked goes with the next one', async () => {
    const bench = cometBench('websocket')
    const { session } = await bench.live(0)
    bench.shard.act(session, { operation: 'send', plannedMs: 1_000 })
    const held = bench.take('/meta/connect')
    bench.say(held.customer, held.link, notification(2))
    bench.say(held.customer, held.link, { ...notification(3), id: '9' })
    expect(told(bench).slice(-1)).toMatchObject([
      {
        ...{ at: 4, socket: held.link, told: new Set([0]) },
        asked: [
          { id: '4', channel: '/meta/connect', isAtOnce: false },
          { id: '5', channel: chatChannel, isAtOnce: false },
        ],
      },
    ])
    expect(bench.arrivals).toHaveLength(4)
  })

  test('over long polling each response, with what its request asked and nothing of what was given up', async () => {
    const bench = cometBench('long-polling')
    const { session } = await bench.live(0)
    expect(told(bench).map(({ at, socket, asked }) => [at, socket, asked.map(({ channel }) => channel)])).toEqual([
      [1, 0, ['/meta/handshake']],
      [2, 0, [chatChannel]],
      [3, 0, ['/meta/connect']],
    ])
    expect(told(bench)[2]!.asked[0]!.isAtOnce).toBe(true)
    bench.reply('/meta/connect', {}, [notification(2), notification(3)])
    expect([...told(bench)[3]!.told]).toEqual([0, 1])
    const cut = bench.take('/meta/connect')
    bench.shard.act(session, { operation: 'cut', plannedMs: 1_000 })
    bench.say(cut.customer, cut.link, notification(4))
    expect([bench.arrivals.length, cut.customer.untold]).toEqual([4, []])
  })

  test('what is no message is told as it came', async () => {
    const bench = cometBench('long-polling')
    await bench.live(0)
    const held = bench.take('/meta/connect')
    bench.comet.came(held.customer, held.link, '<html>', 1_000, 1_000)
    expect(bench.arrivals.at(-1)!.text).toMatch(/\t<html>$/)
    expect(readArrival(bench.arrivals.at(-1)!.text).messages).toBeUndefined()
  })
})
