import type { Clock } from '../clock.ts'
import { hostNow } from '../clock.ts'
import type { FaultGate, Post } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import type { Log } from '../log.ts'
import type { PushNotice } from '../messages.ts'
import type { Tracer } from '../tracer.ts'
import { customhttpTargets, type PushSections } from './customhttp-targets.ts'
import { createFailureLog } from './failure-log.ts'
import { createLateNotices } from './late-notices.ts'
import { createNodeQueue, type QueuedNotice } from './node-queue.ts'
import { createPostSlot, type PostSettings, type PostSlot } from './post-slot.ts'
import { pushBody } from './push-body.ts'

export interface PushSenderSettings extends PostSettings {
  node: string
  clock: Clock
  log: Log
  sections: PushSections
  contentType(): string
  /** The node's own segment behind `customhttp.url` (`refserver.customhttp-node-path`). */
  nodePath: boolean
  /** `refserver.mode-a-message` (OQ-24). */
  modeAMessage(): boolean
  writeToken(notice: PushNotice): string
  tracer: Tracer | undefined
  fault(): FaultGate | undefined
}

export interface PushGauges {
  queued: number
  /** Age of the queue's head on the server's clock, 0 = empty (PUSH-078). */
  headAgeMs: number
  inFlight: number
  /** Notices held back by a planted fault. */
  late: number
  answered: number
  failed: number
  /** Notices that no POST was begun for: type off, no provider, no URL. */
  unsent: number
}

/** The customhttp side of one node (PUSH-070 ff.): one queue, one POST in flight, no retry. */
export interface PushSender {
  notify(notice: PushNotice): void
  gauges(): PushGauges
  /** The queue is lost (OQ-33), the POST in flight is broken off. */
  close(): Promise<void>
}

interface Lane {
  slot: PostSlot
  entry: QueuedNotice | undefined
  begunAtMs: number
}

export function createPushSender(settings: PushSenderSettings): PushSender {
  const { clock, node, tracer } = settings
  const targetOf = customhttpTargets(settings.sections, settings.nodePath ? node : undefined)
  const failures = createFailureLog(settings.log, settings.sections.enabledTypes)
  const queue = createNodeQueue()
  const late = createLateNotices(clock, enqueue)
  // A second lane exists only while a planted fault asks for it (PUSH-070).
  const lanes: Lane[] = []
  const counts = { answered: 0, failed: 0, unsent: 0 }
  let closed = false

  function addLane(): Lane {
    const lane: Lane = {
      slot: createPostSlot(settings, (status, failure) => answered(lane, status, failure)),
      entry: undefined,
      begunAtMs: 0,
    }
    lanes.push(lane)
    return lane
  }

  function enqueue(notice: PushNotice): void {
    if (closed) return
    const documented = targetOf(notice.provider, notice.eventType, notice.debug)
    const target = settings.fault()?.target?.(documented, notice, targetOf) ?? documented
    if (target.kind === 'none') {
      counts.unsent += 1
      failures.noTarget(notice, target.reason)
      return
    }
    tracer?.record(['queued', notice.chatId, notice.index, hostNow(), node, notice.attempt])
    queue.push({ notice, target, queuedAtMs: clock.now() })
    pump()
  }

  /** PUSH-071: begins the next POST wherever the one before has been answered. */
  function pump(): void {
    if (closed) return
    const allowed = settings.fault()?.lanes?.(node) ?? 1
    // Only a planted fault allows none: it is asked again in a moment.
    if (allowed === 0) setTimeout(pump, 10).unref()
    for (let i = 0; i < allowed; i++) {
      const lane = lanes[i] ?? addLane()
      if (lane.entry) continue
      const entry = queue.shift()
      if (!entry) return
      begin(lane, entry)
    }
  }

  function begin(lane: Lane, entry: QueuedNotice): void {
    const { notice, target } = entry
    lane.entry = entry
    let body = pushBody(notice, {
      token: settings.writeToken(notice),
      nowMs: clock.now(),
      modeAMessage: settings.modeAMessage() ? target.message : undefined,
    })
    const fault = settings.fault()
    if (fault?.body) body = fault.body(body, notice)
    lane.begunAtMs = clock.now()
    tracer?.record(['begun', notice.chatId, notice.index, hostNow(), node, notice.attempt])
    const post: Post = {
      method: 'POST',
      origin: target.origin,
      path: target.path,
      headers: { 'content-type': settings.contentType() },
      body: JSON.stringify(body),
    }
    const changed = fault?.post ? fault.post(post, notice) : post
    if (changed) lane.slot.post(changed)
    else setImmediate(() => answered(lane, 200, ''))
  }

  function answered(lane: Lane, status: number, failure: string): void {
    const { notice } = lane.entry!
    lane.entry = undefined
    if (closed) return
    tracer?.record(['answered', notice.chatId, notice.index, hostNow(), node, notice.attempt, status])
    counts.answered += 1
    // PUSH-075: whatever came, the notice is done.
    if (settings.fault()?.repeats?.(notice, status)) enqueue(notice)
    const isFailed = status < 200 || status > 299
    if (isFailed) counts.failed += 1
    if (isFailed || isPlanted(settings.fault, 'delivered-push-logged-as-lost')) {
      const isTimed = !isPlanted(settings.fault, 'failed-post-without-duration')
      failures.post(notice, status, failure, isTimed ? clock.now() - lane.begunAtMs : 0)
    }
    pump()
  }

  return {
    notify(notice) {
      if (!failures.isDeliverable(notice) && !isPlanted(settings.fault, 'disabled-type-delivered')) {
        counts.unsent += 1
        return
      }
      const delayMs = settings.fault()?.delay?.(notice)
      if (!late.take(notice, delayMs)) enqueue(notice)
    },
    gauges() {
      const isShown = !isPlanted(settings.fault, 'queue-gauges-stay-zero')
      const head = isShown ? queue.head() : undefined
      return {
        queued: isShown ? queue.length() : 0,
        headAgeMs: head ? Math.max(0, clock.now() - head.queuedAtMs) : 0,
        inFlight: lanes.filter(lane => lane.entry).length,
        late: late.count(),
        ...counts,
      }
    },
    async close() {
      closed = true
      late.clear()
      queue.clear()
      await Promise.all(lanes.map(lane => lane.slot.close()))
    },
  }
}
