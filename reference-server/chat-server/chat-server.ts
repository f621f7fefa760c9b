import type { ChatServer, ChatServerParts } from '../actors.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { createAgentDesk } from './agent-desk.ts'
import { settings } from './environment.ts'
import { adviceNotice } from './notices.ts'
import { createObservers } from './observers.ts'
import { type RunningServer, runServer } from './running-server.ts'
import { customerOf } from './session.ts'
import { append } from './transcript.ts'

/** Requests are answered between these, so that a stop does not hold up running chats (CS-106). */
const adviceBatch = 500

/** A Chat Server as the control layer sees it: it starts, stops, crashes and starts again under the same DBID. */
export function createChatServer(parts: ChatServerParts): ChatServer {
  const observers = createObservers()
  const nextPid = parts.nextPid ?? countFrom(process.pid)
  let running: RunningServer | undefined
  let state: ChatServer['state'] = 'stopped'

  function end(): void {
    running?.dispose()
    running = undefined
    state = 'stopped'
  }

  return {
    dbid: parts.dbid,
    alias: String(parts.dbid),
    get state() {
      return state
    },
    desk: createAgentDesk({
      environment: () => running!.environment,
      live: chatId => running?.sessions.get(chatId),
      known: chatId => running?.known(chatId),
      restore: (chatId, who) => (state === 'running' ? running?.restoration?.byOther(chatId, who) : undefined),
      step: (session, action) => running!.step(session, action),
      observe: observers.observe,
    }),
    start() {
      if (running) return
      running = runServer(parts, nextPid(), observers)
      state = 'running'
    },
    async stop() {
      if (!running || state !== 'running') return
      const stopping = running
      state = 'stopping'
      stopping.refuseNew()
      if (stopping.environment.options.text(settings, 'shutdown-notify-flex-push') === '1') {
        await advise(stopping, () => running !== stopping)
      }
      if (running === stopping) end()
    },
    kill: end,
    connect: (link, closed) => running?.connections.open(link, closed),
    health: () => running?.health(),
    chatIds: () => [...(running?.sessions.keys() ?? [])],
    nextDeadline: () => running?.nextDeadline(),
  }
}

/** One push for each subscribed session (CS-100), once, outside of any resend schedule (CS-104). */
async function advise({ sessions, environment, step }: RunningServer, isGone: () => boolean): Promise<void> {
  let sent = 0
  for (const session of sessions.values()) {
    if (!session.push) continue
    if (isPlanted(environment.faults, 'advice-in-transcript'))
      step(session, () => append(environment, session, customerOf(session), { type: 'ParticipantLeft' }))
    environment.notify(session, adviceNotice(environment, session, session.push))
    sent++
    if (sent % adviceBatch === 0) await new Promise(resolve => setImmediate(resolve))
    if (isGone()) return
  }
}

function countFrom(first: number): () => number {
  let next = first
  return () => next++
}
