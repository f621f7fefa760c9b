import type { Case, CaseSection } from '../case.ts'
import { batching } from './bayeux/batching.ts'
import { callbackPolling } from './bayeux/callback-polling.ts'
import { connects } from './bayeux/connect.ts'
import { cookies } from './bayeux/cookies.ts'
import { envelope } from './bayeux/envelope.ts'
import { extensions } from './bayeux/extensions.ts'
import { handshakes } from './bayeux/handshake.ts'
import { lifeCycle as bayeuxLifeCycle } from './bayeux/life-cycle.ts'
import { messages } from './bayeux/messages.ts'
import { peers } from './bayeux/peers.ts'
import { publishes } from './bayeux/publish.ts'
import { subscribes } from './bayeux/subscribe.ts'
import { websocket } from './bayeux/websocket.ts'
import { asyncMode } from './chat-server/async-mode.ts'
import { capacity } from './chat-server/capacity.ts'
import { health } from './chat-server/health.ts'
import { lifeCycle } from './chat-server/life-cycle.ts'
import { loadLimits } from './chat-server/load-limits.ts'
import { nodeAssociation } from './chat-server/node-association.ts'
import { pushSubscription } from './chat-server/push-subscription.ts'
import { resend } from './chat-server/resend.ts'
import { restoration } from './chat-server/restoration.ts'
import { shutdown } from './chat-server/shutdown.ts'
import { events } from './chat-v2/events.ts'
import { nodeStatus } from './chat-v2/node-status.ts'
import { otherOperations } from './chat-v2/other-operations.ts'
import { requestChat } from './chat-v2/request-chat.ts'
import { responses } from './chat-v2/responses.ts'
import { sendAndRefresh } from './chat-v2/send-and-refresh.ts'
import { transport } from './chat-v2/transport.ts'
import { connections } from './cometd/connections.ts'
import { delivery } from './cometd/delivery.ts'
import { failover } from './cometd/failover.ts'
import { keys } from './cometd/keys.ts'
import { requests } from './cometd/requests.ts'
import { bothForms } from './files/both-forms.ts'
import { deletion } from './files/deletion.ts'
import { download } from './files/download.ts'
import { limits } from './files/limits.ts'
import { upload } from './files/upload.ts'
import { chatServerSections } from './options/chat-server-sections.ts'
import { chatServerSettings } from './options/chat-server-settings.ts'
import { clientActivity } from './options/client-activity.ts'
import { gmsChat } from './options/gms-chat.ts'
import { gmsPush } from './options/gms-push.ts'
import { referenceServer } from './options/reference-server.ts'
import { values } from './options/values.ts'
import { activeClient } from './push/active-client.ts'
import { customhttp } from './push/customhttp.ts'
import { events as pushEvents } from './push/events.ts'
import { failureLog } from './push/failure-log.ts'
import { providers } from './push/providers.ts'
import { queue } from './push/queue.ts'
import { receiver } from './push/receiver.ts'
import { reliable } from './push/reliable.ts'
import { subscription } from './push/subscription.ts'
import { types } from './push/types.ts'

/** One per section of the rule catalogue, in the order of the rules. */
export const caseSections: readonly CaseSection[] = [
  transport,
  responses,
  events,
  requestChat,
  sendAndRefresh,
  otherOperations,
  delivery,
  keys,
  requests,
  connections,
  limits,
  upload,
  download,
  deletion,
  bothForms,
  failover,
  nodeStatus,
  lifeCycle,
  asyncMode,
  pushSubscription,
  nodeAssociation,
  resend,
  restoration,
  shutdown,
  health,
  loadLimits,
  capacity,
  types,
  subscription,
  pushEvents,
  customhttp,
  reliable,
  queue,
  failureLog,
  providers,
  activeClient,
  receiver,
  values,
  clientActivity,
  chatServerSettings,
  chatServerSections,
  gmsChat,
  gmsPush,
  referenceServer,
  envelope,
  handshakes,
  connects,
  subscribes,
  publishes,
  batching,
  bayeuxLifeCycle,
  cookies,
  callbackPolling,
  websocket,
  extensions,
  messages,
  peers,
]

export const allCases: readonly Case[] = caseSections.flatMap(section => section.cases)
