import { WebSocket } from 'ws'
import { readMarker } from '../../protocol/marker.ts'
import { type ObservationFrame, type ObservedPush, readObservations } from '../../protocol/stream/observation.ts'
import type { TraceFrame } from '../../protocol/stream/trace.ts'

/** A POST as the target stamped it when it wrote it. */
export interface BegunPost {
  chatId: string
  index: number
  atMs: number
}

/** A POST as the receiver got it; `plannedMs` and `sentMs` are of the marker in its text, where it has one. */
export interface ReceivedPost {
  device: string
  index: number
  plannedMs: number | undefined
  sentMs: number | undefined
}

/** An event as the target stamped it when it wrote it to a CometD session. */
export interface WrittenNotification {
  clientId: string
  index: number
  atMs: number
  text: string
}

/** An answer to a CometD session, likewise. */
export interface WrittenAnswer {
  clientId: string
  atMs: number
  texts: string[]
}

export interface Recording {
  begun: BegunPost[]
  notified: WrittenNotification[]
  shown: WrittenAnswer[]
  received: ReceivedPost[]
}

/**
 * Follows `/trace` of the target and `/observations` of the receiver on connections of its own: nothing of what it knows
 * went through the collector. @returns everything, once both have ended. @throws when a frame is missing.
 */
export async function startRecorder(controlUrl: string, receiverUrl: string): Promise<() => Promise<Recording>> {
  const recording: Recording = { begun: [], notified: [], shown: [], received: [] }
  const trace = await follow<TraceFrame>(`${controlUrl}/trace?notifications`, JSON.parse, ({ records }) => {
    for (const record of records) {
      const [kind, id, index, atMs] = record
      if (kind === 'begun') recording.begun.push({ chatId: id, index, atMs })
      else if (kind === 'shown') recording.shown.push({ clientId: id, atMs, texts: record[4] })
      else if (kind === 'notified') recording.notified.push({ clientId: id, index, atMs, text: record[4] })
    }
  })
  const observations = await follow<ObservationFrame>(`${receiverUrl}/observations`, readObservations, ({ pushes }) => {
    for (const push of pushes) recording.received.push(readPost(push))
  })
  return async () => {
    await Promise.all([trace, observations].map(stream => stream.ended()))
    return recording
  }
}

async function follow<Frame extends { frame: number }>(
  url: string,
  read: (text: string) => Frame,
  take: (frame: Frame) => void,
) {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 })
  let expected: number | undefined
  let gap: string | undefined
  socket.on('message', data => {
    const frame = read(String(data))
    if (expected !== undefined && frame.frame !== expected) gap ??= `frame ${expected} of ${url} is missing`
    expected = frame.frame + 1
    take(frame)
  })
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => {})
  return {
    async ended() {
      await closed
      if (gap !== undefined) throw new Error(gap)
    },
  }
}

function readPost({ body }: ObservedPush): ReceivedPost {
  const { deviceId, message } = JSON.parse(body) as {
    deviceId: string
    message: { messages: { index: number; text?: string }[] }
  }
  const event = message.messages[0]!
  const marker = readMarker(event.text)
  return {
    device: deviceId,
    index: event.index,
    plannedMs: marker?.plannedMs,
    sentMs: marker && marker.plannedMs + marker.latenessUs / 1000,
  }
}
