import type { BayeuxMessage } from '../../gms-node/bayeux/message.ts'
import type { FaultGate } from '../gate.ts'

export type Json = Record<string, unknown>

export interface ChatAbout {
  /** That it answers; undefined = nobody asked for it. */
  operation: string | undefined
  clientId: string
  transport: string
}

const isChat = (message: BayeuxMessage) => String(message.channel).startsWith('/service/chatV2/')
const dataOf = ({ data }: BayeuxMessage) =>
  (typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {}) as Json

/** A gate that changes what is delivered on chat channels; [] = it is lost, several = it is followed by more. */
export function changedChat(change: (data: Json, about: ChatAbout) => readonly Json[]): FaultGate {
  /** Operations under way by session: answers come in their order (CV2-119). */
  const asked = new Map<string, string[]>()
  return {
    bayeuxIn(messages) {
      for (const message of messages) {
        if (!isChat(message)) continue
        const key = String(message.clientId)
        asked.set(key, [...(asked.get(key) ?? []), String(dataOf(message).operation)])
      }
      return messages
    },
    bayeuxOut: (messages, { transport, clientId = '' }) =>
      messages.flatMap(message => {
        if (!isChat(message) || 'successful' in message) return [message]
        const data = dataOf(message)
        const operation = 'monitored' in data ? undefined : asked.get(clientId)?.shift()
        return change(data, { operation, clientId, transport }).map(each => ({ ...message, data: each }))
      }),
  }
}

/** A gate that changes the answers to one operation. */
export function changedChatAnswer(operation: string, change: (data: Json) => Json): FaultGate {
  return changedChat((data, about) => [about.operation === operation ? change(data) : data])
}

export function changedNotification(change: (data: Json, about: ChatAbout) => readonly Json[]): FaultGate {
  return changedChat((data, about) => (about.operation === undefined ? change(data, about) : [data]))
}

/** A gate that changes the data of operations as they come in. */
export function changedOperation(
  operation: string | undefined,
  change: (data: Json, message: BayeuxMessage) => Json,
): FaultGate {
  return {
    bayeuxIn: messages =>
      messages.map(message => {
        const data = dataOf(message)
        const fits = isChat(message) && (operation === undefined || data.operation === operation)
        return fits ? { ...message, data: change(data, message) } : message
      }),
  }
}

export const eventsOf = (data: Json) => (Array.isArray(data.messages) ? data.messages : []) as Json[]
export const codeOf = (data: Json) => (data.errors as { code: number }[] | undefined)?.[0]?.code
