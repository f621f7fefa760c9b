import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { hostNow } from '../process/host-clock.ts'
import { watchOwnFigures } from '../process/own-figures.ts'
import { type DeviceId, readDeviceId } from '../protocol/device-id.ts'
import type { Distribution } from '../protocol/distribution.ts'
import { sample } from '../protocol/distribution.ts'
import { seededUniform } from '../protocol/seeded.ts'
import type { ObservedPush } from '../protocol/stream/observation.ts'
import type { Trigger } from '../protocol/stream/trigger.ts'
import { examine } from './examine.ts'
import { createIntake, type Patience, type TakenPost } from './intake.ts'
import { startIntakeProbe } from './intake-probe.ts'
import { createObservationStream } from './observation-stream.ts'
import { createRunCounts } from './run-counts.ts'
import { createShardSockets } from './shard-sockets.ts'
import { socketPlace } from './socket-place.ts'

export interface ReceiverSettings {
  /** 0 = a free one. */
  port: number
  host: string
  /** Artificial time to each answer; undefined = at once. */
  delay?: Distribution | undefined
  /** Status of the answers to notifications. */
  status: number
  /** PEM; with them it speaks HTTPS and wss (PUSH-048). */
  tls?: { key: string; cert: string } | undefined
  /** How long senders may take. */
  patience?: Patience
  log(line: string): void
  /** Clock of all stamps, default the host's; another one plays a receiver on another host. */
  now?(): number
  /** Sees each POST after it was answered and examined. */
  onPush?(push: ObservedPush): void
}

export interface ReceiverCounts {
  /** POSTs read from sockets. */
  posts: number
  /** Of these examined, refused ones included. */
  observed: number
  refused: number
  triggersSent: number
  /** Pushes of a run none of whose shards is connected. */
  triggersUnrouted: number
  shards: number
}

export interface Receiver {
  url: string
  counts(): ReceiverCounts
  close(): Promise<void>
}

/** The notification receiver: answers first and works afterwards (PUSH-150). */
export async function startReceiver(settings: ReceiverSettings): Promise<Receiver> {
  const now = settings.now ?? hostNow
  const meter = watchOwnFigures()
  const shards = createShardSockets(now, settings.log)
  /** Runs that are or were connected; a late POST of one that has ended is none of the others' business. */
  const runs = new Set<string>()
  const posts = createRunCounts()
  let observed = 0
  let refused = 0
  let taken: TakenPost[] = []
  const { delay } = settings
  const uniform = seededUniform(1, 'receiver-delay')

  const app = createIntake({
    now,
    status: settings.status,
    tls: settings.tls,
    ...(settings.patience && { patience: settings.patience }),
    delayMs: delay && (() => sample(delay, uniform)),
    onPost: posts.count,
    runOf(deviceId) {
      const run = readDeviceId(deviceId)?.run
      if (run === undefined || !runs.has(run)) return undefined
      posts.assign(run)
      return run
    },
    onTaken(post) {
      if (taken.push(post) === 1) setImmediate(work)
    },
    onProbe: headers => probe.arrived(headers),
    health: () => counts(),
  })

  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 })
  app.server.on('upgrade', (request, socket, head) => {
    const place = socketPlace(request.url!)
    if (!place) return refuse(socket)
    sockets.handleUpgrade(request, socket, head, webSocket => {
      if (place.run !== undefined) runs.add(place.run)
      if (place.kind === 'shard') shards.connect(webSocket, place.run, place.shard)
      else observations.connect(webSocket, place.run)
    })
  })

  await app.listen({ port: settings.port, host: settings.host })
  const { address, family, port } = app.server.address() as AddressInfo
  const everywhere = address === '0.0.0.0' || address === '::'
  const host = everywhere ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address
  const url = `${settings.tls ? 'https' : 'http'}://${host}:${port}`
  const probe = startIntakeProbe(url)
  const observations = createObservationStream({
    now,
    posts: posts.seenBy,
    refused: () => refused,
    figures: meter.read,
    intakeMs: probe.take,
    log: settings.log,
  })
  settings.log(`listening on ${url}`)

  /** All POSTs of one turn of the event loop together. */
  function work() {
    const turn = taken
    taken = []
    for (const post of turn) {
      const { observed: push, device, trigger } = examine(post, now)
      observed++
      if (push.mode === 'refused') refused++
      if (device && trigger) {
        if (post.wakeAfterMs) wakeLater(device, trigger, post.wakeAfterMs)
        else shards.add(device.run, device.shard, trigger)
      }
      observations.add(push, post.run)
      settings.onPush?.(push)
    }
    shards.flush()
  }

  function wakeLater(device: DeviceId, trigger: Trigger, afterMs: number) {
    const wake = () => {
      const heldMs = now() - trigger.receivedMs
      shards.add(device.run, device.shard, { ...trigger, heldMs })
      shards.flush()
    }
    setTimeout(wake, afterMs).unref()
  }

  function counts(): ReceiverCounts {
    const { connected, sent, unrouted } = shards.counts()
    return {
      posts: posts.seenBy(undefined),
      observed,
      refused,
      triggersSent: sent,
      triggersUnrouted: unrouted,
      shards: connected,
    }
  }

  return {
    url,
    counts,
    async close() {
      await probe.stop()
      work()
      observations.close()
      meter.stop()
      for (const socket of sockets.clients) socket.close(1001, 'the receiver ends')
      const deadline = setTimeout(() => sockets.clients.forEach(socket => void socket.terminate()), 500)
      await new Promise(resolve => sockets.close(resolve))
      clearTimeout(deadline)
      await app.close()
    },
  }
}

function refuse(socket: Duplex): void {
  // Its client may be gone already, or leave its own half open for ever.
  socket.on('error', () => {})
  socket.once('finish', () => socket.destroy())
  socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
}
