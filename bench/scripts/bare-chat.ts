import exec from 'k6/execution'
import http from 'k6/http'
import { WebSocket } from 'k6/websockets'
import { customerText } from '../../protocol/chat/customer-text.ts'
import { fixStart, k6Options, type RunStart, readRun } from '../../scenarios/clients/run.ts'
import { createPlan, type PlannedSession } from '../../scenarios/load/plan.ts'
import { createWheel } from '../../scenarios/load/wheel.ts'
import { payloadChatForm } from '../request-chat-form.ts'

/**
 * The bare limit of the generator: the requests of async-chat from the same plan, woken by the same pushes, but no answer
 * is looked at beyond the tokens of the first, nothing is timed, kept, checked or reported.
 */
const run = readRun('async-chat')

export const options = k6Options(run)

export function setup(): RunStart {
  return fixStart(run)
}

interface Chat {
  plan: PlannedSession
  url: string
  tokens: string
  position: number
  messages: number
}

const tickMs = 2
const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
const paramsOf = (name: string) => ({ headers, tags: { name }, timeout: 20_000 })
const [start, send, refresh, ping] = ['requestChat', 'send', 'refresh', 'ping'].map(paramsOf)

export default function (fixed: RunStart): void {
  const shard = exec.vu.idInTest - 1
  const plan = createPlan(run.options, { ...fixed, shard, shards: run.shards, hasAgent: run.hasAgent })
  const wheel = createWheel(plan.phases.startMs, tickMs)
  const service = `${run.targets[0]}/genesys/2/chat/${run.options.service}`
  const chats: Chat[] = []

  const triggers = new WebSocket(`${run.receiver!.replace(/^http/, 'ws')}/triggers?run=${fixed.run}&shard=${shard}`)
  triggers.addEventListener('message', event => {
    for (const line of (event as unknown as { data: string }).data.split('\n')) {
      const [session, , position] = line.split(',')
      const chat = chats[Number(session)]
      if (!chat) continue
      http.asyncRequest('POST', `${chat.url}refresh`, `${chat.tokens}&transcriptPosition=${chat.position}`, refresh)
      chat.position = Number(position)
    }
  })

  async function begin(planned: PlannedSession) {
    const form = payloadChatForm(planned.session, fixed.run, shard)
    const answer = (await http.asyncRequest('POST', service, form, start)).json() as Record<string, string>
    const tokens = `userId=${answer.userId}&secureKey=${answer.secureKey}&alias=${answer.alias}`
    chats[planned.session] = {
      plan: planned,
      url: `${service}/${answer.chatId}/`,
      tokens,
      position: Number(answer.nextPosition),
      messages: 0,
    }
    const firstPing = plan.firstPing(planned)
    if (firstPing !== undefined) wheel.add(firstPing, planned.session)
  }

  function say({ slot, plannedMs }: { slot: number; plannedMs: number }) {
    const chat = chats[slot]
    if (!chat) return
    const place = { run: fixed.run, side: 'c', shard, session: slot, sequence: ++chat.messages } as const
    const text = customerText({ ...place, plannedMs, latenessUs: 0 })
    http.asyncRequest('POST', `${chat.url}send`, `${chat.tokens}&message=${encodeURIComponent(text)}`, send)
  }

  function turn() {
    const nowMs = Date.now()
    for (let next = plan.nextStart(nowMs); next; next = plan.nextStart(nowMs)) begin(next)
    for (let next = plan.nextMessage(nowMs); next; next = plan.nextMessage(nowMs)) say(next)
    wheel.advance(nowMs, (session, atMs) => {
      const chat = chats[session]!
      http.asyncRequest('POST', `${chat.url}refresh`, `${chat.tokens}&transcriptPosition=${chat.position}`, ping)
      const next = plan.pingAfter(atMs)
      if (next !== undefined) wheel.add(next, session)
    })
    setTimeout(turn, tickMs - ((Date.now() - plan.phases.startMs) % tickMs))
  }
  turn()
}
