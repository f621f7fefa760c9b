import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { Clock } from '../../clock.ts'
import type { FaultGate } from '../../faults/gate.ts'
import { isPlanted } from '../../faults/is-planted.ts'
import type { Log } from '../../log.ts'
import type { BayeuxOptions } from './bayeux-options.ts'
import type { BayeuxServer } from './bayeux-server.ts'
import { isAllowed } from './cross-origin.ts'
import { readMessages } from './message.ts'
import { SocketCarrier } from './socket-carrier.ts'
import { createSocketUpgrades } from './socket-upgrades.ts'

export interface WebSocketEndpoint {
  /** Takes no more, and ends those that are open. */
  close(): void
}

/**
 * Whether a request asks for a WebSocket of the endpoint: at the mount path only, and with a slash behind it, because
 * clients write their URL that way (B5). Everything else that asks for an upgrade is answered as if it had not.
 */
export function isUpgrade({ url = '', headers }: IncomingMessage, { path, allowedTransports }: BayeuxOptions): boolean {
  const asked = url.split('?', 1)[0]!
  const isMount = asked === path || asked === `${path}/`
  return isMount && allowedTransports.includes('websocket') && /^websocket$/i.test(headers.upgrade ?? '')
}

/** Takes the upgrades that the HTTP server lets through (BX-140 ff.). */
export function addWebSockets(
  server: EventEmitter,
  bayeux: BayeuxServer,
  clock: Clock,
  log: Log,
  fault?: (() => FaultGate | undefined) | undefined,
): WebSocketEndpoint {
  const { options } = bayeux
  const carriers = new Set<SocketCarrier>()
  const sockets = createSocketUpgrades(options, fault)
  let cancelSweep: (() => void) | undefined

  server.on('upgrade', upgrade)

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { origin = '' } = request.headers
    // Every browser names the page's origin; who names none is no page that has to be kept away.
    const isForeign =
      origin !== '' &&
      ((options.socketOrigins.length > 0 && !isAllowed(origin, options.socketOrigins)) ||
        isPlanted(fault, 'foreign-origins-refused'))
    if (isForeign) refuse(socket, '403 Forbidden')
    else sockets.upgrade(request, socket, head, webSocket => open(webSocket, socket))
  }

  function open(webSocket: WebSocket, stream: Duplex): void {
    const carrier = new SocketCarrier(webSocket, stream as Socket, clock.now())
    carriers.add(carrier)
    webSocket.on('message', (data: RawData, isBinary: boolean) => {
      // BX-148: a binary frame is nobody's message.
      if (!isBinary || isPlanted(fault, 'binary-frames-read')) receive(carrier, data as Buffer)
    })
    webSocket.on('close', () => {
      carriers.delete(carrier)
      if (carrier.session && isPlanted(fault, 'socket-close-ends-session'))
        bayeux.exchange(carrier, [{ channel: '/meta/disconnect', clientId: carrier.session.clientId }])
    })
    // What is wrong with its frames has closed it already, with the right code.
    webSocket.on('error', ignore)
    sweepLater()
  }

  function receive(carrier: SocketCarrier, data: Buffer): void {
    // Also what comes after the close that it was answered with.
    if (data.length === 0 || !carrier.isOpen()) return
    const messages = readMessages(data.toString())
    if (messages === undefined && isPlanted(fault, 'malformed-frame-ignored')) return
    if (messages === undefined && isPlanted(fault, 'malformed-frame-is-1002'))
      return void carrier.close(1002, 'malformed message')
    try {
      const refusal = messages === undefined ? 'malformed message' : bayeux.exchange(carrier, messages)
      if (refusal !== undefined) carrier.close(1011, refusal)
    } catch (error) {
      // Data nested so deep that it cannot be written again is malformed, too.
      if (!(error instanceof RangeError)) log.error('CometD message failed', { error: String((error as Error).stack) })
      carrier.close(1011, error instanceof RangeError ? 'malformed message' : 'internal error')
    }
  }

  /** One timer looks at all of them: an idle socket is noticed at most half its time late. */
  function sweepLater(): void {
    cancelSweep ??= clock.at(clock.now() + options.idleTimeoutMs / 2, () => {
      cancelSweep = undefined
      const nowMs = clock.now()
      for (const carrier of carriers)
        if (carrier.idleSinceMs(nowMs) <= nowMs - options.idleTimeoutMs) carrier.close(1001, 'idle timeout')
      if (carriers.size > 0) sweepLater()
    })
  }

  return {
    close() {
      cancelSweep?.()
      server.off('upgrade', upgrade)
      for (const carrier of carriers) carrier.fail()
      sockets.close()
    },
  }
}

function refuse(socket: Duplex, statusLine: string): void {
  socket.on('error', ignore)
  // Its client may leave its own half open for ever.
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${statusLine}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function ignore(): void {}
