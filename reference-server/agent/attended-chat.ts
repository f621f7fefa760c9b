import type { DeviceId } from '../../protocol/device-id.ts'
import type { AgentDesk } from '../messages.ts'
import type { Task } from './task-queue.ts'

/** A chat that the scripted agent attends, from the offer to its end. */
export interface AttendedChat {
  desk: AgentDesk
  chatId: string
  device: DeviceId
  /** `<shard>.<session>`, the session's name in markers and plans. */
  name: string
  /** undefined until the agent has joined and between two agents. */
  participantId: number | undefined
  /** Agents that have joined so far. */
  participations: number
  /** Texts written so far. */
  sequence: number
  /** What came due before the agent was there. */
  waiting: (() => void)[]
  /** Planned work, cancelled when the chat ends. */
  tasks: Task[]
  /** Answers and joins not yet done. */
  owed: number
  /** Place among the joined chats, -1 = not joined. */
  joinedIndex: number
}

/** Joined chats in an array, so that the seed can choose one by number. */
export interface JoinedChats {
  readonly size: number
  add(chat: AttendedChat): void
  remove(chat: AttendedChat): void
  /** `choice` in [0, 1). */
  pick(choice: number): AttendedChat | undefined
}

export function createJoinedChats(): JoinedChats {
  const chats: AttendedChat[] = []
  return {
    get size() {
      return chats.length
    },
    add(chat) {
      if (chat.joinedIndex >= 0) return
      chat.joinedIndex = chats.length
      chats.push(chat)
    },
    remove(chat) {
      if (chat.joinedIndex < 0) return
      const last = chats.pop()!
      if (last !== chat) {
        chats[chat.joinedIndex] = last
        last.joinedIndex = chat.joinedIndex
      }
      chat.joinedIndex = -1
    },
    pick: choice => chats[Math.floor(choice * chats.length)],
  }
}
