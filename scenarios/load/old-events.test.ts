import { expect, test } from 'vitest'
import { answer, chatChannel, cometBench, event, notification } from './comet-bench.ts'

test.each(['websocket', 'long-polling'] as const)(
  '[CV2-146] over %s an event that is not new moves nothing, is told to the books all the same, and a resume asks behind the newest',
  async transport => {
    const bench = cometBench(transport)
    const { session } = await bench.live(0)
    for (const index of [2, 3, 3, 2]) bench.reply('/meta/connect', {}, [notification(index)])
    expect(session.nextPosition).toBe(4)
    expect(bench.did()).toEqual(['requestChat', ...Array(4).fill('notification')])
    const held = bench.take('/meta/connect')
    bench.shard.act(session, { operation: 'cut', plannedMs: 1_000 })
    bench.say(held.customer, held.link, notification(4))
    bench.at(2_100)
    await Promise.resolve()
    bench.reply('/meta/connect', {}, [notification(2)])
    const { message } = bench.reply(chatChannel, {}, [answer(5, [event(4)])])
    expect(message.data).toMatchObject({ operation: 'requestNotifications', transcriptPosition: 4 })
    expect(session.nextPosition).toBe(5)
  },
)
