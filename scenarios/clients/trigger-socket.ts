import { readTriggers, type Trigger } from '../../protocol/stream/trigger.ts'
import { type ClockExchange, createClockExchange } from './clock-exchange.ts'
import { openSocket, type Socket, webSocketUrl } from './socket.ts'

/** What the receiver says to this shard: which of its sessions got a push. */
export interface TriggerSocket {
  socket: Socket
  clock: ClockExchange
}

export async function openTriggerSocket(
  receiver: string,
  place: { run: string; shard: number; now(): number; isReceiverHere: boolean },
  handlers: { trigger(trigger: Trigger): void; lost(reason: string): void; failed(message: string): void },
): Promise<TriggerSocket | undefined> {
  const clock = createClockExchange(place.now, place.isReceiverHere)
  const url = `${webSocketUrl(receiver)}/triggers?run=${place.run}&shard=${place.shard}`
  const socket = await openSocket(url, 'triggers', {
    message(data, atMs) {
      if (clock.answered(data, atMs)) return
      const triggers = readTriggers(data)
      for (let i = 0; i < triggers.length; i++) handlers.trigger(triggers[i]!)
    },
    lost: reason => handlers.lost(`the receiver's socket ${url}: ${reason}`),
    failed: handlers.failed,
  })
  return socket && { socket, clock }
}
