import type { AddressInfo } from 'node:net'
import type { FaultGate } from '../faults/gate.ts'
import type { Log } from '../log.ts'
import type { Link, NodeToServer, PushNotice, ServerToNode } from '../messages.ts'
import type { TransportName } from './bayeux/bayeux-options.ts'
import { addChatRoutes } from './chat-routes.ts'
import { createChatServers } from './chat-servers.ts'
import { addCometChat, type CometChatParts } from './comet-chat/comet-chat.ts'
import { lateComet } from './comet-chat/late-comet.ts'
import { refuseCometChat } from './comet-chat/no-comet-chat.ts'
import { type CometdSettings, createCometdEndpoint } from './cometd-endpoint.ts'
import { addFileRoutes, type FileParts } from './files/file-routes.ts'
import { createHttpServer } from './http-server.ts'
import type { NodeOptions } from './node-options.ts'
import { addNodeStatus } from './node-status.ts'
import { createRefusalLog } from './refusal-log.ts'
import type { SocketServer } from './socket-server.ts'

export interface GmsNodeSettings {
  node: string
  cluster: string
  /** `enable_notification_mode`: only then the node registers for notifications (CS-058). */
  notificationMode: boolean
  host: string
  port: number
  options: NodeOptions
  /** Absent = no file calls. */
  files?: FileParts
  log: Log
  /** Where notices go. */
  push(notice: PushNotice): void
  /** undefined = no CometD endpoint. */
  cometd?: Pick<CometdSettings, 'options' | 'clock' | 'random' | 'onWrite'> & {
    /** Absent = Bayeux without chat (PUSH-005), refused or not (CV2-110). */
    chat?: Pick<CometChatParts, 'readToken' | 'writeToken' | 'pushesToActive'>
  }
  tls?: SocketServer['tls']
  patience?: SocketServer['patience']
  fault?(): FaultGate | undefined
}

/** A CometD session as an administrator sees it. */
export interface CometClient {
  clientId: string
  /** Of its held connect, else the one that shook hands. */
  transport: TransportName
  /** Chats whose events it gets. */
  chatIds: string[]
}

/** How long a node that stops gracefully waits for requests that are not answered. */
const patienceMs = 2000

/** A running GMS node: sockets, routes and its links to the Chat Servers. */
export interface GmsNode {
  readonly node: string
  readonly url: string
  readonly port: number
  /** From now on the Chat Server with this alias is reached through `link`. */
  connect(alias: string, link: Link<NodeToServer>): void
  /** The connection is gone: requests that it still owes an answer fail in a retryable way. */
  disconnect(alias: string): void
  receive(message: ServerToNode): void
  /** Requests that wait for a Chat Server. */
  pending(): number
  /** CometD sessions that have not expired. */
  cometSessions(): number
  cometClients(): CometClient[]
  /** Ends a CometD session without being asked (BX-116). @returns false when it is not here. */
  dismissComet(clientId: string): boolean
  /** `graceful`: says goodbye to the Chat Servers first. */
  stop(graceful: boolean): Promise<void>
}

export async function startGmsNode(settings: GmsNodeSettings): Promise<GmsNode> {
  const { node, cluster, log, options } = settings
  const chatServers = createChatServers(node, settings.fault)
  const { fault, tls, patience } = settings
  const cometd = settings.cometd && createCometdEndpoint({ ...settings.cometd, log, fault })
  const app = createHttpServer(options, log, fault, { tls, patience, ...(cometd && { cometd: cometd.sockets }) })
  cometd?.attach(app.server)
  const refusalOf = createRefusalLog(log)
  addChatRoutes(app, { options, chatServers, cluster, refusalOf, fault: settings.fault })
  const chat = settings.cometd?.chat
  const { clock } = settings.cometd ?? {}
  const cometChat =
    cometd &&
    chat &&
    clock &&
    addCometChat({
      ...chat,
      bayeux: lateComet(cometd.bayeux, clock, fault),
      clock,
      options,
      cluster,
      chatServers,
      refusalOf,
      fault,
    })
  if (cometd && !settings.notificationMode) refuseCometChat(cometd.bayeux)
  const origins = settings.cometd?.options.corsOrigins ?? []
  if (settings.files) addFileRoutes(app, { ...settings.files, options, origins, chatServers, refusalOf, fault })
  addNodeStatus(app, options, settings.fault)
  await app.listen({ host: settings.host, port: settings.port })
  const { port } = app.server.address() as AddressInfo
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
  const url = `${tls ? 'https' : 'http'}://${host}:${port}`
  log.info('GMS node started', { node, url })

  return {
    node,
    url,
    port,
    connect(alias, link) {
      chatServers.connect(alias, link)
      if (settings.notificationMode) link.send({ kind: 'register', node, cluster })
      cometChat?.lookForAll()
    },
    disconnect(alias) {
      chatServers.disconnect(alias)
      cometChat?.lose(alias)
    },
    receive(message) {
      if (message.kind === 'reply') chatServers.reply(message)
      else if (message.kind === 'notify') settings.push(message.notice)
      else cometChat?.hear(message)
    },
    pending: () => chatServers.pending() + (cometChat?.pending() ?? 0),
    cometSessions: () => cometd?.bayeux.sessions() ?? 0,
    cometClients: () =>
      (cometd?.bayeux.live() ?? []).map(session => ({
        clientId: session.clientId,
        transport: session.held?.transport ?? session.madeOver,
        chatIds: cometChat?.chatIds(session) ?? [],
      })),
    dismissComet: clientId => cometd?.bayeux.dismiss(clientId) ?? false,
    async stop(graceful) {
      if (graceful) for (const link of chatServers.links()) link.send({ kind: 'unregister', node })
      cometChat?.close()
      cometd?.close()
      const breakOff = () => app.server.closeAllConnections()
      const patience = setTimeout(breakOff, graceful ? patienceMs : 0)
      await app.close()
      clearTimeout(patience)
      log.info('GMS node stopped', { node, graceful })
    },
  }
}
