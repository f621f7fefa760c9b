// What a customer can do in a chat, by the name at the end of the path.
import { type Chat, type ChatEvent, nextPosition } from './chat.ts'
import type { Desk } from './desk.ts'
import { userDataOf } from './form.ts'

export type Form = ReadonlyMap<string, string>
/** The request is one that cannot be executed; the chat goes on. */
export class NotExecutable extends Error {}
export type Operation = {
  /** The documentation lists no user id for a read receipt: the secure key alone is enough there. */
  needsUserId: boolean
  /** The events of the answer. */
  run(desk: Desk, chat: Chat, form: Form): ChatEvent[]
}

/** undefined: not given. */
function positionOf(form: Form): number | undefined {
  const text = form.get('transcriptPosition')
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,9}$/.test(text)) throw new NotExecutable(`transcriptPosition is no position: ${text}`)
  return Number(text)
}

const needed = (form: Form, name: string): string => {
  const value = form.get(name)
  if (!value) throw new NotExecutable(`${name} is missing`)
  return value
}

const operation = (run: Operation['run'], needsUserId = true): Operation => ({ run, needsUserId })

/** An operation that adds one event; the answer has the events from the position that was asked for, if one was. */
const saying = (type: string, textOf: (form: Form) => string | undefined, before?: (chat: Chat, form: Form) => void) =>
  operation((desk, chat, form) => {
    const position = positionOf(form)
    const text = textOf(form)
    before?.(chat, form)
    desk.say(chat, chat.customer, type, { text, messageType: form.get('messageType') })
    return position ? chat.transcript.slice(position - 1) : []
  })

export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['refresh', operation((desk, chat, form) => desk.refresh(chat, positionOf(form)))],
  ['send', saying('Message', form => needed(form, 'message'))],
  ['startTyping', saying('TypingStarted', form => form.get('message'))],
  ['stopTyping', saying('TypingStopped', form => form.get('message'))],
  ['pushUrl', saying('PushUrl', form => needed(form, 'pushUrl'))],
  ['customNotice', saying('CustomNotice', form => form.get('message'))],
  [
    'updateNickname',
    saying(
      'NicknameUpdated',
      form => needed(form, 'nickname'),
      (chat, form) => {
        // A new party: the events of before keep the name they were said under.
        chat.customer = { ...chat.customer, nickname: needed(form, 'nickname') }
      },
    ),
  ],
  [
    'updateData',
    operation((_desk, chat, form) => {
      for (const [key, value] of userDataOf(form)) chat.userData.set(key, value)
      return []
    }),
  ],
  [
    'readReceipt',
    operation((_desk, chat, form) => {
      const index = positionOf(form) ?? 0
      if (index < 1 || index >= nextPosition(chat))
        throw new NotExecutable('transcriptPosition is the index of no event')
      chat.readUpTo = Math.max(chat.readUpTo, index)
      return []
    }, false),
  ],
  [
    'disconnect',
    operation((desk, chat) => {
      desk.end(chat)
      return []
    }),
  ],
])
