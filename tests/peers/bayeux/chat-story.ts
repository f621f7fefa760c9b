import { expect } from 'vitest'
import type { OfficialClient } from './official-clients.ts'

interface ChatAnswer {
  statusCode: number
  chatEnded: boolean
  secureKey?: string
  messages: { index: number; type: string; text?: string; from: { type: string } }[]
}

const patienceMs = 10_000

/**
 * The documented chat: request, send, the agent's answer comes unasked, typing, disconnect. The server's agent answers each
 * message with `answer: <text>`-like content of its own.
 */
export async function tellChatStory(
  client: OfficialClient,
  channel = '/service/chatV2/customer-support',
): Promise<void> {
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
  await client.publish(channel, { operation: 'requestChat', nickname: 'Ann', subject: 'through a peer' })
  await until(has('ParticipantJoined', 'Client'))
  await until(has('ParticipantJoined', 'Agent'))
  await client.publish(channel, { operation: 'startTyping', secureKey: key() })
  await client.publish(channel, { operation: 'sendMessage', secureKey: key(), message: 'Grüße, 你好 🙂' })
  const own = await until(has('Message', 'Client'))
  expect(own.messages.find(({ type }) => type === 'Message')!.text).toBe('Grüße, 你好 🙂')
  await until(has('Message', 'Agent'))
  await client.publish(channel, { operation: 'disconnect', secureKey: key() })
  const last = await until(({ chatEnded }) => chatEnded)
  expect(last.statusCode).toBe(0)
  const indexes = heard.flatMap(({ messages }) => messages.map(({ index }) => index))
  expect(indexes).toEqual([...new Set(indexes)].toSorted((a, b) => a - b))
  await client.disconnect()
}
