import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { FaultGate } from '../../faults/gate.ts'
import { isPlanted } from '../../faults/is-planted.ts'
import type { BayeuxOptions } from './bayeux-options.ts'

/** What makes WebSockets of upgrade requests. */
export interface SocketUpgrades {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, opened: (webSocket: WebSocket) => void): void
  close(): void
}

/**
 * A history of 4 KiB and a small dictionary: a socket that compresses takes about 200 KiB where it would take 320. What is
 * left is mostly the client's own history, which only the client can make smaller.
 */
const perMessageDeflate = {
  serverMaxWindowBits: 12,
  zlibDeflateOptions: { memLevel: 5, chunkSize: 4096 },
  zlibInflateOptions: { chunkSize: 4096 },
}

/**
 * permessage-deflate for so many sockets at once as the option allows, because each keeps its history as long as it is open;
 * further ones are open without it, as if it had not been offered.
 */
export function createSocketUpgrades(
  options: BayeuxOptions,
  fault: (() => FaultGate | undefined) | undefined,
): SocketUpgrades {
  const settings = {
    noServer: true,
    clientTracking: false,
    maxPayload: options.maxSocketMessageBytes,
    // BX-141: none is configured, so none is confirmed.
    handleProtocols: ([first]: Set<string>) => (first && isPlanted(fault, 'subprotocol-confirmed') ? first : false),
  }
  const plain = new WebSocketServer(settings)
  const compressing = options.compression ? new WebSocketServer({ ...settings, perMessageDeflate }) : undefined
  let compressed = 0

  return {
    upgrade(request, socket, head, opened) {
      const isPlain = !compressing || compressed >= options.maxCompressedSockets || asksForLess(request)
      const server = isPlain ? plain : compressing
      server.handleUpgrade(request, socket, head, webSocket => {
        if (webSocket.extensions !== '') {
          compressed++
          webSocket.once('close', () => compressed--)
        }
        opened(webSocket)
      })
    },
    close() {
      plain.close()
      compressing?.close()
    },
  }
}

/** A history of another size than ours would be refused with 400; its client gets none instead. */
function asksForLess({ headers }: IncomingMessage): boolean {
  return /server_max_window_bits/i.test(headers['sec-websocket-extensions'] ?? '')
}
