import { writeMarker } from '../../protocol/marker.ts'
import type { Clock } from '../../reference-server/clock.ts'
import type { BayeuxServer } from '../../reference-server/gms-node/bayeux/bayeux-server.ts'
import type { Session } from '../../reference-server/gms-node/bayeux/session.ts'

interface Chat {
  key: string
  events: object[]
  attached: Session | undefined
}

/** As much of chat over CometD as customers of a load run need (sections 7.2 and 7.3). */
export function serveChat(server: BayeuxServer, channel: string, clock: Clock): { say(chat: number): void } {
  const chats: Chat[] = []

  function happen({ events }: Chat, participantId: 1 | 2, type: string, text?: string): object {
    const from = { nickname: 'n', participantId, type: participantId === 1 ? 'Client' : 'Agent' }
    const event = { from, index: events.length + 1, type, ...(text !== undefined && { text }), utcTime: clock.now() }
    events.push(event)
    return event
  }

  function told({ key, events }: Chat, messages: object[], chatEnded = false): object {
    const tokens = { alias: '0', userId: 'deprecated', chatId: 'deprecated', secureKey: key }
    return { statusCode: 0, chatEnded, ...tokens, messages, nextPosition: events.length + 1 }
  }

  const deliver = (to: Session, on: string, data: object) =>
    server.deliverText(to, JSON.stringify({ data, channel: on }))

  server.onService(channel, (session, data) => {
    const { operation, secureKey, message, transcriptPosition } = data as Record<string, string>
    let chat = chats.find(each => each.key === secureKey)
    if (operation === 'requestChat') {
      chat = { key: `key${chats.length}`, events: [], attached: session }
      chats.push(chat)
      deliver(session, channel, told(chat, [happen(chat, 1, 'ParticipantJoined')]))
    } else if (!chat) {
      deliver(session, channel, {
        statusCode: 2,
        chatEnded: true,
        messages: [],
        errors: [{ code: 249, advice: 'no' }],
      })
    } else if (operation === 'sendMessage') deliver(session, channel, told(chat, [happen(chat, 1, 'Message', message)]))
    else if (operation === 'requestNotifications') {
      chat.attached = session
      deliver(session, channel, told(chat, chat.events.slice(Number(transcriptPosition) - 1)))
    } else if (operation === 'disconnect') {
      chat.attached = undefined
      deliver(session, channel, { statusCode: 0, chatEnded: true, messages: [] })
    }
  })
  server.onEnd(session => {
    for (const chat of chats) if (chat.attached === session) chat.attached = undefined
  })

  return {
    say(number) {
      const chat = chats[number]
      if (!chat) return
      const place = { run: 'abc', shard: 0, session: number, side: 'a', sequence: chat.events.length } as const
      const text = writeMarker({ ...place, plannedMs: clock.now(), latenessUs: 0 })
      const event = happen(chat, 2, 'Message', `${text}hello`)
      if (chat.attached) deliver(chat.attached, channel, { ...told(chat, [event]), monitored: false, channel })
    },
  }
}
