/** Sessions of a Bayeux server that is benched, each with a held connect, and echoes through them. */
export interface EchoClient {
  sessions: number
  /** Publishes in this session. Resolves when what was published has come back as an event. */
  echo(session: number): Promise<void>
  close(): void
}

/** Where an echo is published and comes back. A peer without services echoes by a broadcast channel of each session's own. */
export type EchoChannel = 'service' | 'own broadcast channel'

export const channelOf = (kind: EchoChannel, session: number) =>
  kind === 'service' ? '/service/echo' : `/demo/own${session}`

/** Fifty bytes, as in CometD's own load tester. */
const payload = 'x'.repeat(40)

export function publishText(channel: string, clientId: string, id: number): string {
  return `[{"channel":"${channel}","data":{"text":"${payload}"},"clientId":"${clientId}","id":"${id}"}]`
}

export const handshakeText =
  '[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["websocket","long-polling"],"id":"1"}]'

/** The first one, number 0, asks to be answered at once. */
export function connectText(clientId: string, type: 'websocket' | 'long-polling', id: number): string {
  const advice = id === 0 ? ',"advice":{"timeout":0}' : ''
  return `[{"channel":"/meta/connect","connectionType":"${type}","clientId":"${clientId}","id":"c${id}"${advice}}]`
}

export function subscribeText(channel: string, clientId: string): string {
  return `[{"channel":"/meta/subscribe","subscription":"${channel}","clientId":"${clientId}","id":"2"}]`
}

/** What of an answer a bench looks at. */
export interface BayeuxMessage {
  channel: string
  clientId?: string
  successful?: boolean
  data?: unknown
}

/** @throws with what was said. */
export function mustBeSuccessful(message: BayeuxMessage | undefined): BayeuxMessage {
  if (message?.successful !== true) throw new Error(`refused: ${JSON.stringify(message)}`)
  return message
}

/** As many at a time as any listen queue takes. */
const opening = 64

export async function inTurn<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = new Array(count)
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(opening, count) }, async () => {
      for (let n = next++; n < count; n = next++) made[n] = await make(n)
    }),
  )
  return made
}
