import { expect } from 'vitest'
import { writeMarker } from '../../../protocol/marker.ts'
import type { OfficialClient } from './cometd-client.ts'

interface ChatAnswer {
  statusCode: number
  chatEnded: boolean
  secureKey?: string
  messages: { index: number; type: string; text?: string; from: { type: string } }[]
}

const patienceMs = 10_000

let stories = 0

/** The documented chat: request, typing, send; the scripted agent joins and answers unasked; disconnect. */
export async function tellChatStory(
  client: OfficialClient,
  channel = '/service/chatV2/customer-support',
): Promise<void> {
  const session = ++stories
  const text = `${writeMarker({ run: 'peer', side: 'c', shard: 0, session, sequence: 1, plannedMs: Date.now(), latenessUs: 0 })} Grüße, 你好 🙂`
  const heard: ChatAnswer[] = []
  const waiting = new Set<() => void>()
  const until = async (isThere: (answer: ChatAnswer) => boolean): Promise<ChatAnswer> => {
    const end = Date.now() + patienceMs
    for (;;) {
      const found = heard.find(isThere)
      if (found) return found
      if (Date.now() > end) throw new Error(`not heard; heard only ${JSON.stringify(heard)}`)
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, 500)
        waiting.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }
  const has = (type: string, from: string) => (answer: ChatAnswer) =>
    answer.messages.some(message => message.type === type && message.from.type === from)
  const key = () => heard.findLast(answer => answer.secureKey !== undefined)!.secureKey!

  await client.handshake()
  await client.subscribe(channel, data => {
    heard.push(data as ChatAnswer)
    for (const wake of waiting) wake()
    waiting.clear()
  })
  await client.publish(channel, {
    operation: 'requestChat',
    nickname: 'Ann',
    userData: { chatgauge_session: `cg-peer-0-${session}` },
  })
  await until(has('ParticipantJoined', 'Client'))
  await until(has('ParticipantJoined', 'Agent'))
  await client.publish(channel, { operation: 'startTyping', secureKey: key() })
  await client.publish(channel, { operation: 'sendMessage', secureKey: key(), message: text })
  const own = await until(has('Message', 'Client'))
  expect(own.messages.find(({ type }) => type === 'Message')!.text).toBe(text)
  await until(has('Message', 'Agent'))
  await client.publish(channel, { operation: 'disconnect', secureKey: key() })
  const last = await until(({ chatEnded }) => chatEnded)
  expect(last.statusCode).toBe(0)
  const indexes = heard.flatMap(({ messages }) => messages.map(({ index }) => index))
  // Over HTTP the answer to a publish and that to the held connect may overtake each other.
  expect(indexes.toSorted((a, b) => a - b)).toEqual(indexes.map((_, at) => at + 1))
  await client.disconnect()
}
