import http, { type CookieJar, type RefinedResponse } from 'k6/http'
import type { BayeuxMessage } from '../../protocol/bayeux/message.ts'
import type { CometArrivals, CometCustomer, CometSettings } from '../load/comet-customer.ts'
import { openSocket, type Socket, webSocketUrl } from './socket.ts'

/** What a customer has of its own: its socket, and its cookies, which no other one's may mix with (BX-123). */
interface Network {
  jar: CookieJar
  socket: Socket | undefined
}

export interface CarrierSettings {
  /** GMS nodes; sessions are spread over them. */
  targets: readonly string[]
  now(): number
  failed(message: string): void
  arrivals(): CometArrivals
}

export type Carrier = Pick<CometSettings, 'open' | 'send' | 'drop'>

function networkOf(customer: CometCustomer): Network {
  customer.network ??= { jar: new http.CookieJar(), socket: undefined }
  return customer.network as Network
}

const endpoint = '/genesys/cometd'

const endpointOf = ({ session }: CometCustomer, targets: readonly string[]) =>
  targets[session.plan.slot % targets.length]! + endpoint

/** One WebSocket a customer. */
export function webSocketCarrier({ targets, failed, arrivals }: CarrierSettings): Carrier {
  return {
    open(customer, link) {
      const network = networkOf(customer)
      const handlers = {
        message: (text: string, atMs: number) => arrivals().came(customer, link, text, atMs, atMs),
        lost: (why: string) => arrivals().lost(customer, link, why),
        failed,
      }
      openSocket(webSocketUrl(endpointOf(customer, targets)), 'cometd', handlers, { jar: network.jar }).then(
        socket => {
          if (!socket) return
          // Given up meanwhile.
          if (customer.client.socket?.link !== link) return void socket.close()
          network.socket = socket
          arrivals().opened(customer, link)
        },
        error => failed(String((error as Error).stack ?? error)),
      )
    },
    send: (customer, _, messages) => networkOf(customer).socket?.send(JSON.stringify(messages)),
    drop(customer) {
      const network = networkOf(customer)
      // k6 can only close politely; nothing that still comes is looked at.
      void network.socket?.close()
      network.socket = undefined
    },
  }
}

/** Beyond the time for which a poll may be held; the client itself gives up earlier. */
const pollLimitMs = 90_000
const requestLimitMs = 15_000

/** HTTP requests: one that is held, and one beside it. An abandoned one cannot be taken back; its answer is ignored. */
export function longPollingCarrier({ targets, now, failed, arrivals }: CarrierSettings): Carrier {
  const headers = { 'Content-Type': 'application/json' }
  const failure = (error: unknown) => failed(String((error as Error).stack ?? error))
  return {
    open() {},
    send(customer, link, messages, isPoll) {
      const { jar } = networkOf(customer)
      const suffix = suffixOf(messages)
      const params = {
        headers,
        jar,
        tags: { name: `cometd ${suffix || 'publish'}` },
        timeout: isPoll ? pollLimitMs : requestLimitMs,
      }
      const sentMs = now()
      http
        .asyncRequest('POST', `${endpointOf(customer, targets)}/${suffix}`, JSON.stringify(messages), params)
        .then(response => {
          try {
            const { status, body } = response
            if (status !== 200 || typeof body !== 'string')
              return arrivals().lost(customer, link, status === 0 ? response.error : `HTTP ${status}`)
            // k6's own times leave out what lies before its dialling: for a poll that was answered at once that is too early.
            const atMs = now()
            arrivals().came(customer, link, body, atMs, sentMs, atMs - sentMs - inNetworkMs(response))
          } catch (error) {
            failure(error)
          }
        }, failure)
    },
    drop() {},
  }
}

/** What a poll took in the network and at the target; the rest was our own waiting, before and after it. */
function inNetworkMs({ timings }: RefinedResponse<'text'>): number {
  return timings.connecting + timings.tls_handshaking + timings.duration
}

function suffixOf(messages: readonly BayeuxMessage[]): string {
  const [first] = messages
  const name = /^\/meta\/(handshake|connect|disconnect)$/.exec(first?.channel ?? '')?.[1]
  return messages.length === 1 ? (name ?? '') : ''
}

export const carriers = { websocket: webSocketCarrier, 'long-polling': longPollingCarrier }
