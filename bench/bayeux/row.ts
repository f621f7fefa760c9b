import type { Comparison } from '../alternate.ts'
import { thousands } from '../ratio-result.ts'
import type { BayeuxPeer } from './bayeux-peer.ts'
import type { EchoChannel, EchoClient } from './echo-client.ts'
import { openPollClient } from './poll-client.ts'
import { openSocketClient } from './socket-client.ts'

/** Of the table of this bench; each row has its own bound. */
export interface Row {
  what: string
  figure: string
  absolute: string
  bound: string
  holds: boolean
}

export const transports = ['websocket', 'long-polling'] as const
export type Transport = (typeof transports)[number]
const opens = { websocket: openSocketClient, 'long-polling': openPollClient }

export const sessions = 1_000
export const inFlight = 32

/** A ratio of operations per CPU-second, and what it must be at least. */
export function ratioRow(what: string, { ratio, least, greatest, ours, bare }: Comparison, atLeast: number): Row {
  return {
    what,
    figure: `${ratio.toFixed(2)} (${least.toFixed(2)} to ${greatest.toFixed(2)})`,
    absolute: `${thousands(ours)} against ${thousands(bare)} per CPU-second`,
    bound: `>= ${atLeast}`,
    holds: ratio >= atLeast,
  }
}

export async function withClient<T>(
  peer: BayeuxPeer,
  transport: Transport,
  count: number,
  channel: EchoChannel,
  use: (client: EchoClient) => Promise<T>,
): Promise<T> {
  const client = await opens[transport](peer.url, count, channel, inFlight)
  try {
    return await use(client)
  } finally {
    client.close()
  }
}
