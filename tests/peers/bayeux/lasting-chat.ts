import { writeMarker } from '../../../protocol/marker.ts'
import type { ReturningClient } from './cometd-client.ts'

interface ChatAnswer {
  statusCode: number
  secureKey?: string
  nextPosition?: number
  messages: { index: number; type: string; from: { type: string } }[]
}

/** A chat that outlives its way to the server: after each new handshake it is resumed from the last position. */
export interface LastingChat {
  /** Sends a message. @returns when the agent's answer is there. @throws after 15 s. */
  converse(): Promise<void>
  handshakes(): number
  /** Of all events heard, as they came. */
  indexes(): number[]
  leave(): Promise<void>
}

const channel = '/service/chatV2/customer-support'
const patienceMs = 15_000
let chats = 1_000

export async function startLastingChat(client: ReturningClient): Promise<LastingChat> {
  const session = ++chats
  const indexes: number[] = []
  let agentMessages = 0
  let handshakes = 0
  let key = ''
  let position = 1
  let sequence = 0
  let wake = () => {}
  const until = async (isThere: () => boolean): Promise<void> => {
    const end = Date.now() + patienceMs
    while (!isThere()) {
      if (Date.now() > end) throw new Error(`after ${handshakes} handshakes heard only ${indexes.join(' ')}`)
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, 200)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const take = (data: unknown) => {
    const answer = data as ChatAnswer
    key = answer.secureKey ?? key
    position = Math.max(position, answer.nextPosition ?? 0)
    for (const { index, type, from } of answer.messages) {
      indexes.push(index)
      if (type === 'Message' && from.type === 'Agent') agentMessages += 1
    }
    wake()
  }
  const attach = async (): Promise<void> => {
    await client.subscribe(channel, take)
    await client.publish(
      channel,
      key === ''
        ? { operation: 'requestChat', nickname: 'Ann', userData: { chatgauge_session: `cg-peer-0-${session}` } }
        : { operation: 'requestNotifications', secureKey: key, transcriptPosition: position },
    )
  }
  let attached: Promise<void> = Promise.resolve()
  client.onHandshake(() => {
    handshakes += 1
    // What is cut off again meanwhile is attached by the handshake after it.
    attached = attach().catch(() => {})
  })
  await client.handshake()
  await until(() => key !== '')
  return {
    async converse() {
      const before = agentMessages
      const send = async (): Promise<void> => {
        await attached
        const marker = { run: 'peer', side: 'c', shard: 0, session, sequence: ++sequence } as const
        const message = writeMarker({ ...marker, plannedMs: Date.now(), latenessUs: 0 })
        await client.publish(channel, { operation: 'sendMessage', secureKey: key, message })
      }
      const end = Date.now() + patienceMs
      for (;;) {
        const sent = await send().then(
          () => true,
          () => false,
        )
        if (sent) break
        if (Date.now() > end) throw new Error(`nothing could be sent after ${handshakes} handshakes`)
        await new Promise(resolve => setTimeout(resolve, 100))
      }
      await until(() => agentMessages > before)
    },
    handshakes: () => handshakes,
    indexes: () => indexes,
    leave: () => client.disconnect(),
  }
}
