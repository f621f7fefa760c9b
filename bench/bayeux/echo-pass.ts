import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Pass } from '../alternate.ts'
import { stayAwake } from '../stay-awake.ts'
import type { EchoClient } from './echo-client.ts'

export interface EchoLoad {
  seconds: number
  /** Closed loop with so many echoes in flight, or open loop at so many a second. */
  shape: { inFlight: number } | { perSecond: number }
}

/** Echoes for a while, session by session in turn. @param cpuSeconds what the server has used so far. */
export async function echoPass(
  client: EchoClient,
  { seconds, shape }: EchoLoad,
  cpuSeconds: () => Promise<number> | number,
): Promise<Pass> {
  const sleepAgain = stayAwake()
  const cpuBefore = await cpuSeconds()
  const began = performance.now()
  const end = began + seconds * 1_000
  const operations =
    'inFlight' in shape ? await closedLoop(client, shape.inFlight, end) : await openLoop(client, shape.perSecond, end)
  const wallSeconds = (performance.now() - began) / 1_000
  const used = (await cpuSeconds()) - cpuBefore
  sleepAgain()
  return { operations, cpuSeconds: used, wallSeconds }
}

async function closedLoop(client: EchoClient, inFlight: number, end: number): Promise<number> {
  let echoes = 0
  // Each lane has sessions of its own: a session never has two echoes on their way.
  await Promise.all(
    Array.from({ length: inFlight }, async (_, lane) => {
      const own = Math.floor((client.sessions - lane - 1) / inFlight) + 1
      for (let turn = 0; performance.now() < end; turn = (turn + 1) % own) {
        await client.echo(lane + turn * inFlight)
        echoes += 1
      }
    }),
  )
  return echoes
}

/** Each echo at its own instant: what came in bunches would let a server answer several for one waking. */
async function openLoop(client: EchoClient, perSecond: number, end: number): Promise<number> {
  const began = performance.now()
  const isBusy = new Uint8Array(client.sessions)
  const pending = new Set<Promise<void>>()
  let sent = 0
  let session = 0
  while (performance.now() < end) {
    // While every session waits for an echo, what is due has to wait, too.
    const due = ((performance.now() - began) / 1_000) * perSecond
    for (; sent < due && pending.size < client.sessions; sent += 1) {
      while (isBusy[session] === 1) session = (session + 1) % client.sessions
      const own = session
      session = (session + 1) % client.sessions
      isBusy[own] = 1
      const echo = client.echo(own).then(() => {
        isBusy[own] = 0
        pending.delete(echo)
      })
      pending.add(echo)
    }
    await nextTurn()
  }
  await Promise.all(pending)
  return sent
}
