import { fileOutcome, isToBeRefused } from '../../protocol/chat/file-outcome.ts'
import { checkReceived } from '../../protocol/checks/bayeux/shape.ts'
import { checkAnswer } from '../../protocol/checks/shape.ts'
import { readMarker } from '../../protocol/marker.ts'
import { readArrival } from '../../protocol/stream/bayeux-arrival.ts'
import { hearsayOf } from '../../protocol/stream/row-sequence.ts'
import type { ShardOperation, ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { Violation } from '../../protocol/violation.ts'
import { createHearing } from '../load/hearing.ts'
import type { Report } from '../load/report.ts'
import { tallies, trends } from './k6-metrics.ts'

/** A schema check costs a VU 60 to 80 µs. */
export const checkedOneIn = 10
const quietMs = 2_000
const settleLimitMs = 30_000

const latencies: Partial<Record<ShardOperation, keyof typeof trends>> = {
  requestChat: 'request_chat_latency',
  send: 'send_latency',
  refresh: 'refresh_latency',
  ping: 'ping_latency',
  disconnect: 'disconnect_latency',
  fileUpload: 'upload_latency',
  fileDownload: 'download_latency',
  resume: 'resume_latency',
}

/** For a plain `k6 run`, without the command line: k6's metrics, and one answer in N checked. */
export function k6Report(settings: {
  now(): number
  receiverOffsetMs(): number
  until(condition: () => boolean, limitMs: number): Promise<boolean>
  isQuiet(): boolean
  /** The customers' own messages are pushed, too. */
  notifyRequestor: boolean
  /** Customers hear over CometD. */
  isComet: boolean
}): Report {
  const hearing = settings.isComet ? createHearing() : undefined
  let rows = 0
  let arrivals = 0
  let lastHeardMs = settings.now()
  return {
    row(row, answer) {
      if (row.unsent === 1) return tallies.dropped_iterations.add(1)
      if (row.unsent === 2) return tallies.actions_blocked.add(1)
      if (row.operation === 'notification') {
        lastHeardMs = settings.now()
        const wrong = hearing?.notified(row, answer)
        if (wrong) tallies[wrong === 'duplicate' ? 'notifications_duplicate' : 'notifications_out_of_order'].add(1)
        return notified(row, answer)
      }
      if (row.operation === 'loss') return void (row.sequence < 2 && tallies.connections_lost.add(1))
      if (row.operation === 'arrival') return void (arrivals++ % checkedOneIn === 0 && arrived(answer))
      const latency = latencies[row.operation]
      if (latency && !isToBeRefused(row)) trends[latency].add(row.answered - row.planned)
      trends.schedule_lateness.add(row.sent - Math.max(row.planned, row.ready))
      if (row.operation === 'requestChat') tallies.sessions_started.add(1)
      if (row.operation === 'send') tallies.messages_sent.add(1)
      if (row.operation === 'resume') tallies.connections_resumed.add(1)
      if (row.operation === 'ping') tallies.pings_sent.add(1)
      hearing?.answered(row, answer)
      outcome(row, answer)
      if (row.triggered > 0) pushLatencies(row, answer, settings)
      if (rows++ % checkedOneIn === 0) check(row, answer)
    },
    triggered() {
      lastHeardMs = settings.now()
      tallies.pushes_received.add(1)
    },
    error(message) {
      tallies.script_errors.add(1)
      console.error(message)
    },
    async settled() {
      const isSettled = () => settings.isQuiet() && settings.now() - lastHeardMs > quietMs
      await settings.until(isSettled, settleLimitMs)
    },
    flush() {},
    state() {},
    async end() {
      const lost = hearing?.lost() ?? 0
      if (lost > 0) tallies.notifications_lost.add(lost)
    },
  }
}

function notified(row: ShardRow, message: string): void {
  tallies.notifications_received.add(1)
  if (hearsayOf(row).wasCut) return
  // Nothing but the text begins like that, and no character of a marker is escaped.
  const marker = readMarker(/"(cg\/[^" ]+) /.exec(message)?.[1])
  if (marker) trends.notification_latency.add(row.answered - marker.plannedMs)
}

/** Without the collector nothing is held against what was asked. */
function arrived(text: string): void {
  const { messages = [], told } = readArrival(text)
  tell(messages.flatMap((each, at) => (told.has(at) ? [] : checkReceived(each))))
}

function outcome(row: ShardRow, answer: string): void {
  const name = outcomeName(row, answer)
  if (name) tallies[name].add(1)
}

function outcomeName(row: ShardRow, answer: string): keyof typeof tallies | undefined {
  const file = fileOutcome(row, answer)
  if (file === 'refused') return 'files_refused'
  if (file === 'accepted' && row.operation === 'fileUpload') return 'files_uploaded'
  if (file === 'accepted' && row.operation === 'fileDownload') return 'files_downloaded'
  const isFine = row.status === 200 && /"statusCode":\s*0/.test(answer)
  if (isFine && file !== 'failed') return undefined
  // The agent's close and a request of the customer may cross.
  const crossed = row.status === 200 && /"chatEnded":\s*true/.test(answer)
  return crossed ? 'ended_in_flight' : 'requests_failed'
}

function check(row: ShardRow, answer: string): void {
  // Of a file that came only whether it is the right one is told.
  if (row.operation === 'fileDownload' && row.status === 200) return
  const { violations } = checkAnswer({ operation: row.operation, status: row.status, body: answer })
  tell(violations)
}

function tell(violations: readonly Violation[]): void {
  if (violations.length === 0) return
  tallies.schema_violations.add(violations.length)
  console.error(violations.map(each => `${each.rule} ${each.what}`).join('\n'))
}

/** Only the receiver saw the push, and only the refresh shows what it was about: its marker tells when it was planned. */
function pushLatencies(
  row: ShardRow,
  answer: string,
  settings: { receiverOffsetMs(): number; notifyRequestor: boolean; isComet: boolean },
): void {
  const receiverOffsetMs = settings.receiverOffsetMs()
  trends.wakeup_delay.add(row.sent - Math.max(row.triggered - receiverOffsetMs, row.ready))
  // What it shows was heard before, mostly.
  if (settings.isComet) return
  let messages: { text?: string }[]
  try {
    messages = JSON.parse(answer).messages ?? []
  } catch {
    return
  }
  // With several events in one answer the stamp belongs to the oldest push; own messages come with it, not by push.
  const marker = messages
    .map(event => readMarker(event.text))
    .find(found => found !== undefined && (found.side === 'a' || settings.notifyRequestor))
  const latencyMs = marker && row.triggered - receiverOffsetMs - marker.plannedMs
  if (latencyMs !== undefined && latencyMs >= 0) trends.push_latency.add(latencyMs)
}
