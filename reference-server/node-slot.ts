import type { Configuration, FileStore } from './actors.ts'
import type { Clock } from './clock.ts'
import { bayeuxOptions, hasCometChat, pushesToActive } from './configured-bayeux.ts'
import { nodeOptions, nodeTls, pushSections } from './configured-node.ts'
import type { FaultGate } from './faults/gate.ts'
import { traceNotifications } from './gms-node/comet-chat/trace-notifications.ts'
import type { ReadToken, WriteToken } from './gms-node/cometd-token.ts'
import { type GmsNode, startGmsNode } from './gms-node/gms-node.ts'
import type { Log } from './log.ts'
import { createPushSender, type PushGauges, type PushSender } from './push-sender/push-sender.ts'
import type { Random } from './random.ts'
import type { Tracer } from './tracer.ts'

export interface NodeSlotSettings {
  name: string
  cluster: string
  host: string
  /** 0 = a free one at the first start, the same one afterwards. */
  port: number
  configuration: Configuration
  clock: Clock
  /** CometD client ids. */
  random: Random
  log: Log
  tracer: Tracer | undefined
  fault(): FaultGate | undefined
  readToken: ReadToken
  writeToken: WriteToken
  files: FileStore
}

/** A GMS node that can be stopped and started again: each start reads the options anew (PUSH-004, OPT-008). */
export interface NodeSlot {
  readonly name: string
  /** Undefined while the node is stopped. */
  gms(): GmsNode | undefined
  url(): string
  pushGauges(): PushGauges
  start(): Promise<GmsNode>
  stop(graceful: boolean): Promise<void>
}

const stopped: PushGauges = { queued: 0, headAgeMs: 0, inFlight: 0, late: 0, answered: 0, failed: 0, unsent: 0 }

export function createNodeSlot(settings: NodeSlotSettings): NodeSlot {
  const { name, configuration, clock, random, log, tracer, readToken, writeToken, files } = settings
  let port = settings.port
  let url = ''
  let gms: GmsNode | undefined
  let sender: PushSender | undefined

  return {
    name,
    gms: () => gms,
    url: () => url,
    pushGauges: () => sender?.gauges() ?? stopped,
    async start() {
      if (gms) return gms
      const reader = configuration.reader(name)
      const push = createPushSender({
        node: name,
        clock,
        log,
        sections: pushSections(reader),
        timeoutMs: () => reader.integer('refserver', 'customhttp-timeout-ms'),
        contentType: () => reader.text('refserver', 'customhttp-content-type'),
        get trustAll() {
          return reader.flag('gms', 'http.ssl_trust_all')
        },
        nodePath: reader.flag('refserver', 'customhttp-node-path'),
        modeAMessage: () => reader.flag('refserver', 'mode-a-message'),
        writeToken,
        tracer,
        fault: settings.fault,
      })
      const options = nodeOptions(reader)
      gms = await startGmsNode({
        node: name,
        cluster: settings.cluster,
        notificationMode: reader.flag('chat', 'enable_notification_mode'),
        host: settings.host,
        port,
        options,
        tls: nodeTls(reader),
        files: { files, readToken, writeToken },
        cometd: {
          options: bayeuxOptions(reader),
          clock,
          random,
          ...(tracer && { onWrite: traceNotifications(tracer) }),
          ...(hasCometChat(reader) && { chat: { readToken, writeToken, pushesToActive: pushesToActive(reader) } }),
        },
        log,
        fault: settings.fault,
        // The option holds for every session of the service as soon as it is set (PUSH-028, OPT-082).
        push: notice =>
          push.notify(
            notice.includePayload || !options.includePayload(notice.service)
              ? notice
              : { ...notice, includePayload: true },
          ),
      })
      sender = push
      port = gms.port
      url = gms.url
      return gms
    },
    async stop(graceful) {
      const stopping = gms
      gms = undefined
      const push = sender
      sender = undefined
      await stopping?.stop(graceful)
      await push?.close()
    },
  }
}
