// What Chat Server does when nothing happens: to silent clients, and to chats in which nobody writes.
import type { Chat, Party, Watcher } from './chat.ts'
import type { Desk } from './desk.ts'
import type { Notifier } from './notifier.ts'
import type { Settings } from './settings.ts'

type Step = { afterMs: number; act(chat: Chat): void }
type Closable = Watcher & { close(): void }

/** One row of steps per chat, each counted from the one before; starting again forgets the rest of the row. */
function createRows() {
  const timers = new Map<Chat, NodeJS.Timeout>()
  const stop = (chat: Chat): void => {
    clearTimeout(timers.get(chat))
    timers.delete(chat)
  }
  const start = (chat: Chat, [step, ...rest]: readonly Step[]): void => {
    stop(chat)
    if (step === undefined) return
    const go = (): void => {
      start(chat, rest)
      step.act(chat)
    }
    timers.set(chat, setTimeout(go, step.afterMs))
  }
  const close = (): void => {
    for (const chat of timers.keys()) stop(chat)
  }
  return { start, stop, close }
}

/** A subscribed client without requests is pinged, then given up: inactivity is the absence of requests, not of messages. */
export function watchClients(desk: Desk, notifier: Notifier, settings: Settings): Closable {
  const rows = createRows()
  const arm = (chat: Chat): void => {
    if (!notifier.subscribed(chat)) return
    const { flexPushTimeoutMs, flexDisconnectMs } = settings
    rows.start(chat, [
      { afterMs: flexPushTimeoutMs, act: notifier.ping },
      { afterMs: flexPushTimeoutMs + flexDisconnectMs, act: silent => desk.end(silent) },
    ])
  }
  return {
    onEvent(chat, event) {
      if (event.index === 1) arm(chat)
      if (chat.ended) rows.stop(chat)
    },
    onRequest: arm,
    onAsleep: rows.stop,
    close: rows.close,
  }
}

/** A chat without messages is announced to be closed, then closed. */
export function watchSilence(desk: Desk, settings: Settings): Closable {
  const rows = createRows()
  const system: Party = { nickname: 'system', participantId: 3, type: 'External' }
  const alert = (chat: Chat): void => {
    desk.say(chat, system, 'IdleAlert')
  }
  const shut = (chat: Chat): void => {
    desk.say(chat, system, 'IdleClose')
    desk.end(chat)
  }
  const arm = (chat: Chat): void => {
    const { idleAlertMs, idleCloseMs } = settings
    const steps: Step[] = []
    if (idleAlertMs > 0) steps.push({ afterMs: idleAlertMs, act: alert })
    if (idleCloseMs > 0) steps.push({ afterMs: idleCloseMs, act: shut })
    rows.start(chat, steps)
  }
  return {
    onEvent(chat, event) {
      if (chat.ended) rows.stop(chat)
      else if (event.index === 1 || event.type === 'Message') arm(chat)
    },
    onAsleep: rows.stop,
    onAwake: arm,
    close: rows.close,
  }
}
