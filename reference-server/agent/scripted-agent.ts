import type { ChatEvent } from '../../protocol/chat/event.ts'
import { agentClosesAtUserData, readDeviceId, sessionUserData } from '../../protocol/device-id.ts'
import { readMarker } from '../../protocol/marker.ts'
import type { AgentScript, ScriptedAgent, ScriptedAgentParts } from '../actors.ts'
import type { AgentDesk } from '../messages.ts'
import { writeText } from './agent-text.ts'
import { type AttendedChat, createJoinedChats } from './attended-chat.ts'
import { makePlan } from './plan.ts'
import { createTaskQueue } from './task-queue.ts'
import { startUnprompted } from './unprompted.ts'

/** How long before an answer the agent begins to type, at most. */
const typingLeadMs = 2_000

/** One agent for all chats of a run; it says the same at the same planned instants for the same seed. */
export function createScriptedAgent(parts: ScriptedAgentParts): ScriptedAgent {
  const { clock, hostNow, log } = parts
  const tasks = createTaskQueue(clock)
  const chats = new Map<string, AttendedChat>()
  /** Their Chat Server is gone, or said no; they may come back on another one. */
  const lost = new Map<string, AttendedChat>()
  const joined = createJoinedChats()
  const gauges = { said: 0, late: 0 }
  let script = parts.script
  let plan = makePlan(script)
  let isDraining = false
  let stopUnprompted = startUnprompted({ script, plan, tasks, clock }, sayUnprompted)

  const stops = parts.desks.map(desk =>
    desk.observe({
      sessionStarted: (chatId, userData) => offer(desk, chatId, userData),
      sessionRestored: (chatId, userData) => comeBack(desk, chatId, userData),
      event(chatId, event) {
        const chat = chats.get(chatId)
        if (chat && event.from.participantId === 1) heed(chat, event)
      },
      sessionEnded: forget,
    }),
  )

  function offer(desk: AgentDesk, chatId: string, userData: Readonly<Record<string, string>>): void {
    const device = readDeviceId(userData[sessionUserData] ?? '')
    if (!device || (script.run !== undefined && device.run !== script.run)) return
    const chat: AttendedChat = {
      desk,
      chatId,
      device,
      name: `${device.shard}.${device.session}`,
      participantId: undefined,
      participations: 0,
      sequence: 0,
      waiting: [],
      tasks: [],
      owed: 0,
      joinedIndex: -1,
    }
    chats.set(chatId, chat)
    attend(chat, userData)
  }

  /** On another Chat Server; who was in the session has been removed (CS-086, CS-087). */
  function comeBack(desk: AgentDesk, chatId: string, userData: Readonly<Record<string, string>>): void {
    const chat = chats.get(chatId) ?? lost.get(chatId)
    if (!chat) {
      offer(desk, chatId, userData)
      return
    }
    lose(chat)
    lost.delete(chatId)
    chats.set(chatId, chat)
    chat.desk = desk
    attend(chat, userData)
  }

  function attend(chat: AttendedChat, userData: Readonly<Record<string, string>>): void {
    planJoin(chat)
    const closesAtMs = Number(userData[agentClosesAtUserData] ?? Number.NaN)
    if (script.closes && Number.isFinite(closesAtMs))
      planFor(chat, closesAtMs, () => whenJoined(chat, () => close(chat)))
  }

  /** Plans work on a chat that is dropped with it. */
  function planFor(chat: AttendedChat, atMs: number, run: () => void): void {
    const task = tasks.add(atMs, () => {
      chat.tasks.splice(chat.tasks.indexOf(task), 1)
      run()
    })
    chat.tasks.push(task)
  }

  function owe(chat: AttendedChat, atMs: number, run: () => void): void {
    chat.owed++
    planFor(chat, atMs, run)
  }

  function whenJoined(chat: AttendedChat, run: () => void): void {
    if (chat.participantId === undefined) chat.waiting.push(run)
    else run()
  }

  function planJoin(chat: AttendedChat): void {
    owe(chat, clock.now() + plan.joinDelayMs(chat.name, chat.participations), () => {
      chat.owed--
      chat.participations++
      chat.participantId = chat.desk.join(chat.chatId, `Agent ${chat.participations}`)
      if (chat.participantId === undefined) return lose(chat)
      joined.add(chat)
      for (const run of chat.waiting.splice(0)) whenJoined(chat, run)
    })
  }

  function heed(chat: AttendedChat, event: ChatEvent): void {
    // Nobody is left to talk to: the agent goes, and with it the session (CS-012).
    if (event.type === 'ParticipantLeft') leave(chat)
    if (event.type !== 'Message') return
    const marker = readMarker(event.text)
    if (marker?.side !== 'c' || marker.run !== chat.device.run) return
    const plannedMs = marker.plannedMs + plan.replyDelayMs(chat.name, marker.sequence)
    if (script.typing) planTyping(chat, plannedMs)
    owe(chat, plannedMs, () =>
      whenJoined(chat, () => {
        chat.owed--
        if (script.typing) chat.desk.type(chat.chatId, chat.participantId!, false)
        say(chat, plannedMs)
        if (!isDraining && plan.transfers(chat.name, marker.sequence)) {
          leave(chat)
          planJoin(chat)
        }
      }),
    )
  }

  function planTyping(chat: AttendedChat, plannedMs: number): void {
    const leadMs = Math.min(typingLeadMs, Math.max(0, plannedMs - clock.now()) / 2)
    planFor(chat, plannedMs - leadMs, () => {
      if (chat.participantId !== undefined) chat.desk.type(chat.chatId, chat.participantId, true)
    })
  }

  function sayUnprompted(plannedMs: number, choice: number): void {
    const chat = joined.pick(choice)
    if (chat) say(chat, plannedMs)
    else log.debug('agent has no chat for an unprompted message')
  }

  function say(chat: AttendedChat, plannedMs: number): void {
    const { desk, chatId, device } = chat
    chat.sequence++
    const pushesUrl = plan.pushesUrl(chat.name, chat.sequence)
    const latenessUs = Math.max(0, (hostNow() - plannedMs) * 1000)
    const text = writeText(device, chat.sequence, { plannedMs, latenessUs, pushesUrl, length: script.textLength })
    if (latenessUs > 1_000_000) gauges.late++
    const participantId = chat.participantId!
    const wasSaid = pushesUrl ? desk.pushUrl(chatId, participantId, text) : desk.say(chatId, participantId, text)
    if (wasSaid) gauges.said++
    else {
      // Its Chat Server is gone: a crash tells nobody (CS-103).
      chat.sequence--
      lose(chat)
    }
  }

  function leave(chat: AttendedChat): void {
    const { participantId } = chat
    chat.participantId = undefined
    joined.remove(chat)
    if (participantId !== undefined) chat.desk.leave(chat.chatId, participantId)
  }

  function close(chat: AttendedChat): void {
    chat.desk.close(chat.chatId, chat.participantId!)
  }

  function forget(chatId: string): void {
    const chat = chats.get(chatId)
    if (chat) lose(chat)
    lost.delete(chatId)
  }

  /** Nothing is owed any more. */
  function lose(chat: AttendedChat): void {
    chats.delete(chat.chatId)
    lost.set(chat.chatId, chat)
    joined.remove(chat)
    for (const task of chat.tasks) tasks.cancel(task)
    Object.assign(chat, { tasks: [], waiting: [], owed: 0, participantId: undefined })
  }

  return {
    pending() {
      let owed = 0
      for (const chat of chats.values()) owed += chat.owed
      return owed
    },
    drain() {
      isDraining = true
      stopUnprompted()
    },
    replaceScript(next: AgentScript) {
      stopUnprompted()
      script = next
      plan = makePlan(script)
      isDraining = false
      stopUnprompted = startUnprompted({ script, plan, tasks, clock }, sayUnprompted)
    },
    gauges: () => ({ sessions: chats.size, joined: joined.size, ...gauges }),
    stop() {
      for (const stop of stops) stop()
      tasks.clear()
      chats.clear()
      lost.clear()
    },
  }
}
