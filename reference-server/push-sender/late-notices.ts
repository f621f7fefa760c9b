import type { Clock } from '../clock.ts'
import type { PushNotice } from '../messages.ts'

/** Notices that a planted fault makes late. Later ones of the same session wait behind them: only time may be wrong. */
export interface LateNotices {
  /** @returns true when the notice was taken and will be released later. */
  take(notice: PushNotice, delayMs: number | undefined): boolean
  count(): number
  clear(): void
}

export function createLateNotices(clock: Clock, release: (notice: PushNotice) => void): LateNotices {
  const heldByChat = new Map<string, { notices: PushNotice[]; cancel: () => void }>()
  let held = 0
  return {
    take(notice, delayMs) {
      const waiting = heldByChat.get(notice.chatId)
      if (waiting) {
        waiting.notices.push(notice)
        held += 1
        return true
      }
      if (delayMs === undefined) return false
      held += 1
      const cancel = clock.at(clock.now() + delayMs, () => {
        const due = heldByChat.get(notice.chatId)?.notices ?? []
        heldByChat.delete(notice.chatId)
        held -= due.length
        for (const each of due) release(each)
      })
      heldByChat.set(notice.chatId, { notices: [notice], cancel })
      return true
    },
    count: () => held,
    clear() {
      for (const each of heldByChat.values()) each.cancel()
      heldByChat.clear()
      held = 0
    },
  }
}
