import { customerText } from '../protocol/chat/customer-text.ts'
import { writeDeviceId } from '../protocol/device-id.ts'
import { writeMarker } from '../protocol/marker.ts'
import type { PushMode } from '../protocol/push/mode.ts'
import type { ObservedPush } from '../protocol/stream/observation.ts'
import type { ShardOperation, ShardRow } from '../protocol/stream/shard-stream.ts'
import type { TraceRecord } from '../protocol/stream/trace.ts'

/** What a shard, a receiver and a traced server tell of one chat, step by step, without any of the three. */
export interface SyntheticChat {
  /** @returns false when the chat is over. */
  step(nowMs: number, told: Told): boolean
}

export interface Told {
  row(row: ShardRow, answer: string): void
  push(push: ObservedPush): void
  trace(...records: TraceRecord[]): void
}

/** One answer of the agent and the customer's refresh, now and then a message of the customer or a ping. */
export function createSyntheticChat(run: string, session: number, mode: PushMode, steps: number): SyntheticChat {
  const place = { run, shard: 0, session } as const
  const deviceId = writeDeviceId(place)
  const chatId = String(session).padStart(16, '0')
  const tokens = `"alias":"201","chatId":"${chatId}","userId":"${chatId}","secureKey":"0011aa22bb33cc44dd55"`
  let index = 0
  let step = 0
  let sent = 0
  let said = 0

  const answered = (event: string) =>
    `{"statusCode":0,"chatEnded":false,${tokens},"messages":[${event}],"nextPosition":${index + 1}}`
  const eventOf = (who: string, type: string, text: string, atMs: number) =>
    `{"from":${who},"index":${index},"type":"${type}",${text}"utcTime":${Math.floor(atMs / 1000) * 1000}}`
  const row = (operation: ShardOperation, atMs: number, more: Partial<ShardRow> = {}): ShardRow => ({
    session,
    operation,
    status: 200,
    errorCode: 0,
    planned: atMs,
    ready: atMs,
    sent: atMs + 0.1 + (session % 10) / 20,
    answered: atMs + 1.5 + (session % 97) / 50,
    position: -1,
    sequence: -1,
    triggered: 0,
    unsent: 0,
    ...more,
  })

  function pushed(event: string, atMs: number, told: Told): void {
    const receivedMs = atMs + 2 + (session % 53) / 10
    const shown = mode === 'payload' ? event : noticeOf(event)
    const message = `{"secureKey":"k","chatId":"deprecated","nextPosition":${index + 1},"messages":[${shown}],"alias":"0","chatEnded":false,"userId":"deprecated","statusCode":0,"monitored":false}`
    const body = `{${mode === 'device-id' ? '' : `"message":${message},`}"deviceId":"${deviceId}"}`
    const times = { received: receivedMs, answered: receivedMs + 0.1, validated: receivedMs + 0.2 }
    told.trace(
      ['accepted', chatId, index, atMs + 0.5, 'Message', '201'],
      ['queued', chatId, index, atMs + 0.7, 'gms-1', 0],
    )
    told.trace(['begun', chatId, index, atMs + 0.9, 'gms-1', 0])
    told.push({ ...times, lane: 'gms-1', inFlight: 0, mode, body, violations: [] })
    told.trace(['answered', chatId, index, receivedMs + 0.3, 'gms-1', 0, 200])
    const more = { position: index, triggered: receivedMs, planned: receivedMs, ready: receivedMs }
    told.row(row('refresh', receivedMs + 1, more), answered(event))
  }

  const noticeOf = (event: string) =>
    `{"from":{"nickname":"","participantId":0,"type":"Client"},"index":0,"text":"PUSH-NOTIFICATION","type":"PushUrl","utcTime":${/"utcTime":(\d+)/.exec(event)![1]},"userData":{"notify-attempt":"0","notify-position":"${index}"}}`

  return {
    step(nowMs, told) {
      step += 1
      if (step === 1) {
        index = 1
        told.row(row('requestChat', nowMs), answered(eventOf(customer, 'ParticipantJoined', '', nowMs)))
      } else if (step === 2) {
        index += 1
        pushed(eventOf(agent, 'ParticipantJoined', '', nowMs), nowMs, told)
      } else if (step > steps) {
        const gone = '{"statusCode":0,"chatEnded":true,"messages":[]}'
        told.row(row('disconnect', nowMs), gone)
        return false
      } else if (step % 10 === 0) {
        index += 1
        sent += 1
        const text = customerText({ ...place, side: 'c', sequence: sent, plannedMs: nowMs, latenessUs: 100 })
        told.row(row('send', nowMs, { sequence: sent }), answered(''))
        const event = eventOf(customer, 'Message', `"text":${JSON.stringify(text)},`, nowMs)
        told.row(row('ping', nowMs + 50, { position: index }), answered(event))
      } else {
        index += 1
        said += 1
        const marker = { ...place, side: 'a', sequence: said, plannedMs: nowMs, latenessUs: 250 } as const
        pushed(eventOf(agent, 'Message', `"text":"${writeMarker(marker)}good morning",`, nowMs), nowMs, told)
      }
      return true
    },
  }
}

const customer = '{"nickname":"Ann","participantId":1,"type":"Client"}'
const agent = '{"nickname":"Bob","participantId":2,"type":"Agent"}'
