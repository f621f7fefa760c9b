import type { EventEmitter } from 'node:events'
import type { Clock } from '../clock.ts'
import type { FaultGate } from '../faults/gate.ts'
import type { Log } from '../log.ts'
import type { Random } from '../random.ts'
import type { BayeuxOptions } from './bayeux/bayeux-options.ts'
import { type BayeuxParts, type BayeuxServer, createBayeuxServer } from './bayeux/bayeux-server.ts'
import { createHttpEndpoint, isEndpoint } from './bayeux/http-endpoint.ts'
import { addWebSockets, isUpgrade } from './bayeux/web-socket.ts'
import type { SocketServer } from './socket-server.ts'

export interface CometdSettings {
  options: BayeuxOptions
  clock: Clock
  random: Random
  log: Log
  fault?: (() => FaultGate | undefined) | undefined
  onWrite?: BayeuxParts['onWrite']
}

/** `/genesys/cometd` of a node: the Bayeux server with all its transports. */
export interface CometdEndpoint {
  readonly bayeux: BayeuxServer
  readonly sockets: Required<SocketServer>['cometd']
  /** To be called with the server that `sockets` was given to. */
  attach(server: EventEmitter): void
  /** Connections break off; clients see it and try again. */
  close(): void
}

export function createCometdEndpoint(settings: CometdSettings): CometdEndpoint {
  const { options, clock, log } = settings
  const bayeux = createBayeuxServer(settings)
  let webSockets: ReturnType<typeof addWebSockets> | undefined
  return {
    bayeux,
    sockets: {
      isRequest: url => isEndpoint(url, options.path),
      isUpgrade: request => isUpgrade(request, options),
      handle: createHttpEndpoint(bayeux, log, settings.fault),
    },
    attach(server) {
      webSockets = addWebSockets(server, bayeux, clock, log, settings.fault)
    },
    close() {
      webSockets?.close()
      bayeux.close()
    },
  }
}
