import { customerText } from '../../protocol/chat/customer-text.ts'
import { lookSequence } from '../../protocol/stream/row-sequence.ts'
import type { ShardOperation, ShardRow } from '../../protocol/stream/shard-stream.ts'
import { rowOf } from './answer.ts'
import { fileRequest } from './file-request.ts'
import { requestChatForm } from './forms.ts'
import type { ShardCounts } from './report.ts'
import type { Session } from './session.ts'
import type { ShardSettings } from './shard-settings.ts'
import { nextFileTurn, noFiles } from './shared-files.ts'

/** What a customer asks for, as a row and a request over REST or CometD. All instants are epoch milliseconds. */
export interface SessionRequests {
  begin(session: Session): void
  refresh(session: Session): void
  send(session: Session, plannedMs: number): void
  file(session: Session, plannedMs: number): void
  ask(session: Session, operation: ShardOperation, plannedMs: number): void
}

interface Course {
  /** A request of this session leaves now. */
  left(session: Session): void
  answered(row: ShardRow, answer: string): void
}

const sentCounts: Partial<Record<ShardOperation, keyof ShardCounts>> = {
  send: 'messages_sent',
  ping: 'pings_sent',
  refresh: 'refreshes_sent',
  finalRefresh: 'refreshes_sent',
  disconnect: 'disconnects_sent',
}

export function createSessionRequests(
  settings: ShardSettings,
  counts: ShardCounts,
  { left, answered }: Course,
): SessionRequests {
  const { run, shard, now, comet } = settings

  function request(session: Session, row: ShardRow, { message = '', hasWaited = false } = {}) {
    const count = sentCounts[row.operation]
    if (count !== undefined) counts[count] = counts[count]! + 1
    left(session)
    if (comet) {
      const knownTo = Math.max(session.announced, session.nextPosition - 1)
      if (session.plan.mode !== 'off' && row.position >= 0) row.sequence = lookSequence({ knownTo, hasWaited })
      row.sent = now()
      comet.ask(session, row, message, answered)
      return
    }
    const position = row.position < 0 ? '' : `&transcriptPosition=${row.position}`
    const fields = message === '' ? '' : `&message=${encodeURIComponent(message)}`
    settings.post(row, session.url, session.tokens + position + fields, answered)
  }

  return {
    begin(session) {
      const { plannedMs } = session.plan
      const row = rowOf(session.plan.session, 'requestChat', plannedMs, plannedMs)
      left(session)
      if (comet) {
        row.sent = now()
        comet.requestChat(session, row, answered)
      } else {
        const form = requestChatForm(session, settings.notifyRequestor)
        settings.post(row, serviceUrl(settings, session), form, answered)
      }
    },
    refresh(session) {
      const pushedMs = session.triggeredMs + session.heldMs - settings.receiverOffsetMs()
      const plannedMs = Math.max(pushedMs, session.excusedMs)
      // It needs the push, and the answer before it.
      const readyMs = Math.max(plannedMs, session.freeSinceMs)
      const row = rowOf(session.plan.session, 'refresh', plannedMs, readyMs)
      row.triggered = session.triggeredMs
      row.position = session.nextPosition
      session.triggeredMs = 0
      request(session, row, { hasWaited: pushedMs < session.excusedMs })
    },
    send(session, plannedMs) {
      const sequence = ++session.messages
      const latenessUs = (now() - plannedMs) * 1_000
      const marker = { run, side: 'c', shard, session: session.plan.session, sequence, plannedMs, latenessUs } as const
      const row = rowOf(session.plan.session, 'send', plannedMs, session.freeSinceMs)
      row.sequence = sequence
      request(session, row, { message: customerText(marker) })
    },
    file(session, plannedMs) {
      session.files ??= noFiles()
      const turn = nextFileTurn(session.files, settings.fileBytes)
      session.fileTurn = turn
      const row = rowOf(session.plan.session, turn.operation, plannedMs, session.freeSinceMs)
      row.sequence = turn.expected
      const { url, body } = fileRequest(session, turn)
      left(session)
      settings.post(row, url, body, answered)
    },
    ask(session, operation, plannedMs) {
      const row = rowOf(session.plan.session, operation, plannedMs, session.freeSinceMs)
      // The last refresh of a session asks for everything: what only it shows was lost or never announced.
      if (operation === 'finalRefresh') row.position = 1
      else if (operation === 'ping' || operation === 'refresh') row.position = session.nextPosition
      request(session, row)
    },
  }
}

export function serviceUrl({ serviceUrls }: ShardSettings, { plan }: Session): string {
  return serviceUrls[plan.slot % serviceUrls.length]!
}
