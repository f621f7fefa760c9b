import type { Clock } from '../../clock.ts'
import type { FaultGate } from '../../faults/gate.ts'
import type { CometNotice } from '../../messages.ts'
import type { ChatServers } from '../chat-servers.ts'

type Fault = (() => FaultGate | undefined) | undefined

/** Planted lateness of notifications; what is told later of the same attachment waits too, so that order is kept. */
export function lateNotices(
  hear: (message: CometNotice) => void,
  clock: Clock,
  fault: Fault,
): (message: CometNotice) => void {
  const dueMs = new Map<number, number>()
  return message => {
    const ms = message.kind === 'event' ? fault?.()?.lateOverComet?.('notification') : undefined
    const before = 'attachment' in message ? dueMs.get(message.attachment) : undefined
    if (!('attachment' in message) || (ms === undefined && before === undefined)) return void hear(message)
    const { attachment } = message
    const atMs = Math.max(before ?? 0, clock.now() + (ms ?? 0))
    dueMs.set(attachment, atMs)
    clock.at(atMs, () => {
      if (dueMs.get(attachment) === atMs) dueMs.delete(attachment)
      hear(message)
    })
  }
}

/** Planted lateness of what asks for the events from a position on; from the first one on is no resume. */
export function lateResumes(chatServers: ChatServers, clock: Clock, fault: Fault): ChatServers {
  return {
    ...chatServers,
    request(request, alias, done) {
      const isResume = request.operation === 'refresh' && (request.transcriptPosition ?? 0) > 1
      const ms = isResume ? fault?.()?.lateOverComet?.('resume') : undefined
      const ask = () => chatServers.request(request, alias, done)
      if (ms === undefined) ask()
      else clock.at(clock.now() + ms, ask)
    },
  }
}
