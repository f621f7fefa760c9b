import http from 'k6/http'
import type { Options } from 'k6/options'
import { requestChatForm } from '../../scenarios/load/forms.ts'
import { createSession } from '../../scenarios/load/session.ts'

declare const __ENV: Record<string, string>
declare const __VU: number

/**
 * The usual load test, for contrast: each user sends, waits for the answer, thinks, and sends again; latency is k6's own
 * `http_req_duration`. It never asks for more than one answer per user while the target stands still.
 */
const percentiles = __ENV.PERCENTILES!.split(',')
/** A built-in metric of one request name is only kept when a threshold asks for it. */
const sends = 'http_req_duration{name:send}'

export const options: Options = {
  vus: Number(__ENV.USERS),
  duration: __ENV.DURATION!,
  thresholds: { [sends]: ['max>=0'] },
  summaryTrendStats: ['max', 'count', ...percentiles.map(each => `p(${each})`)] as never,
}

const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
const service = `${__ENV.TARGET}/genesys/2/chat/customer-support`
const thinkMs = Number(__ENV.THINK_MS)
let chat: { url: string; tokens: string } | undefined

export default async function (): Promise<void> {
  chat ??= begin()
  http.post(`${chat.url}send`, `${chat.tokens}&message=hello`, { headers, tags: { name: 'send' } })
  await new Promise<void>(done => {
    setTimeout(done, thinkMs)
  })
}

function begin() {
  const plan = { session: __VU, slot: __VU, plannedMs: 0, mode: 'off', endsBy: 'drain', endsMs: 0 } as const
  const form = requestChatForm(createSession(plan, 'closed', 0), false)
  const answer = http.post(service, form, { headers, tags: { name: 'requestChat' } }).json() as Record<string, string>
  const { chatId, userId, secureKey, alias } = answer
  return { url: `${service}/${chatId}/`, tokens: `userId=${userId}&secureKey=${secureKey}&alias=${alias}` }
}

export function handleSummary(data: { metrics: Record<string, { values: Record<string, number> }> }) {
  return { [__ENV.SUMMARY!]: JSON.stringify(data.metrics[sends]!.values) }
}
