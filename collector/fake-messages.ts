import { hostNow } from '../process/host-clock.ts'
import { writeDeviceId } from '../protocol/device-id.ts'
import { writeMarker } from '../protocol/marker.ts'
import type { ObservedPush } from '../protocol/stream/observation.ts'

/** Answers and pushes of one fake chat, written by hand from the specification. */
export const run = '7f3a2c'
const chatId = 'chat-0'

export interface SaidEvent {
  index: number
  type: string
  participantId: number
  text?: string
  userData?: Record<string, string>
}

export function wireEvent({ index, type, participantId, text, userData }: SaidEvent): object {
  const from = {
    nickname: participantId === 1 ? 'Ann' : 'Bob',
    participantId,
    type: participantId === 1 ? 'Client' : 'Agent',
  }
  return {
    from,
    index,
    type,
    utcTime: 1_795_220_000_000 + index * 1000,
    ...(text && { text }),
    ...(userData && { userData }),
  }
}

export function answer(events: SaidEvent[], nextPosition: number, more: object = {}): string {
  return JSON.stringify({
    statusCode: 0,
    chatEnded: false,
    alias: '201',
    chatId,
    userId: 'user-0',
    secureKey: '0011aa22bb33cc44dd55',
    messages: events.map(wireEvent),
    nextPosition,
    ...more,
  })
}

export const goneAnswer = JSON.stringify({ statusCode: 0, chatEnded: true, messages: [] })
export const fatalAnswer = JSON.stringify({
  statusCode: 2,
  chatEnded: true,
  messages: [],
  errors: [{ code: 249, advice: 'Media server was not able to execute request. referenceId[7]' }],
})

export function payloadPush(session: number, event: SaidEvent, more: Partial<ObservedPush> = {}): ObservedPush {
  const received = hostNow()
  const message = {
    secureKey: 'opaque-cometd-key',
    chatId: 'deprecated',
    nextPosition: event.index + 1,
    messages: [wireEvent(event)],
    alias: '0',
    chatEnded: false,
    userId: 'deprecated',
    statusCode: 0,
    monitored: false,
  }
  const body = JSON.stringify({ message, deviceId: writeDeviceId({ run, shard: 0, session }) })
  return {
    received,
    answered: received,
    validated: received,
    lane: 'node1',
    inFlight: 0,
    mode: 'payload',
    body,
    violations: [],
    ...more,
  }
}

export function agentText(session: number, sequence: number, plannedMs: number): string {
  return `${writeMarker({ run, side: 'a', shard: 0, session, sequence, plannedMs, latenessUs: 250 })}good morning`
}

export const agentJoined: SaidEvent = { index: 2, type: 'ParticipantJoined', participantId: 2 }
export const said = (index: number, session = 0): SaidEvent => ({
  index,
  type: 'Message',
  participantId: 2,
  text: agentText(session, index, Math.floor(hostNow())),
})
