import type { EventType } from '../../../protocol/chat/event.ts'
import type { PushNotice } from '../../messages.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

/** A gate under which events of these types are not pushed with payload. */
function notPushed(...types: EventType[]): () => FaultGate {
  return () => ({ notice: notice => (notice.form === 'event' && types.includes(notice.eventType) ? [] : [notice]) })
}

/** A gate under which pushed events have other user data. */
function changedUserData(
  change: (userData: Record<string, string> | undefined, notice: PushNotice) => Record<string, string> | undefined,
): () => FaultGate {
  return () => ({
    notice(notice) {
      if (notice.form !== 'event' || !notice.event) return [notice]
      const { userData, ...event } = notice.event
      const changed = change(userData, notice)
      return [{ ...notice, event: changed === undefined ? event : { ...event, userData: changed } }]
    },
  })
}

export const events = conformFaults([
  {
    name: 'typing-not-pushed',
    rules: ['PUSH-031'],
    does: 'Typing is not pushed with payload.',
    looksLike: 'The default of filtering_chat_events, which belongs to V1, is applied.',
    gate: notPushed('TypingStarted', 'TypingStopped'),
  },
  {
    name: 'custom-notices-not-pushed',
    rules: ['PUSH-031'],
    does: 'Custom notices are not pushed.',
    looksLike: 'The list of types was made for mobile pushes.',
    gate: notPushed('CustomNotice'),
  },
  {
    name: 'nicknames-not-pushed',
    rules: ['PUSH-031'],
    does: 'NicknameUpdated is not pushed.',
    looksLike: 'The list of types was made for mobile pushes.',
    gate: notPushed('NicknameUpdated'),
  },
  {
    name: 'idle-events-not-pushed',
    rules: ['PUSH-031'],
    does: 'IdleAlert and IdleClose are not pushed.',
    looksLike: 'Events without a party that acts are not passed on.',
    gate: notPushed('IdleAlert', 'IdleClose'),
  },
  {
    name: 'agent-notes-pushed',
    rules: ['PUSH-031'],
    does: 'What is for agents only is shown to the customer and pushed.',
    looksLike: 'The visibility of an event is lost when it is stored.',
  },
  {
    name: 'typing-triggers',
    rules: ['PUSH-032'],
    does: 'Typing triggers reliable pushes.',
    looksLike: 'All events go the same way.',
  },
  {
    name: 'pushed-reason-always-lost',
    rules: ['PUSH-033'],
    does: 'Pushes of a ParticipantLeft never have a quit reason.',
    looksLike: 'The reason is filtered for answers, and pushes use the same filter.',
    gate: changedUserData((userData, notice) => (notice.eventType === 'ParticipantLeft' ? undefined : userData)),
  },
  {
    name: 'pushed-reason-0-left-out',
    rules: ['PUSH-033'],
    does: 'Quit reason 0 is missing in pushes.',
    looksLike: 'Zero is taken for not set.',
    gate: changedUserData(userData => (userData?.['quit-reason-code'] === '0' ? undefined : userData)),
  },
  {
    name: 'pushed-reason-3-as-0',
    rules: ['PUSH-033'],
    does: 'The push of a removal for silence has quit reason 0.',
    looksLike: 'The reason is written after the notification has left.',
    gate: changedUserData(userData =>
      userData?.['quit-reason-code'] === '3' ? { ...userData, 'quit-reason-code': '0' } : userData,
    ),
  },
  {
    name: 'event-twice-in-a-push',
    rules: ['PUSH-034'],
    does: 'A push contains the event of the push before as well.',
    looksLike: 'A list is not emptied after it was sent.',
    gate() {
      let before: unknown[] = []
      return {
        body(body) {
          const { message } = body as { message?: { messages: unknown[] } }
          if (!message) return body
          const messages = [...before, ...message.messages]
          before = message.messages
          return { ...body, message: { ...message, messages } }
        },
      }
    },
  },
  {
    name: 'push-without-event',
    rules: ['PUSH-034'],
    does: 'The list of events of a push is empty.',
    looksLike: 'The event is filtered out after the push was decided on.',
    gate: () => ({
      body: body => {
        const { message } = body as { message?: object }
        return message ? { ...body, message: { ...message, messages: [] } } : body
      },
    }),
  },
  {
    name: 'pushes-overtake',
    rules: ['PUSH-035', 'PUSH-074'],
    does: 'A message overtakes the one before it now and then.',
    looksLike: 'Two threads take notifications from one queue.',
    gate() {
      let seen = 0
      let held: PushNotice | undefined
      return {
        notice(notice) {
          if (held?.chatId === notice.chatId) {
            const both = [notice, held]
            held = undefined
            return both
          }
          if (notice.eventType === 'Message' && ++seen % 10 === 0) {
            held = notice
            return []
          }
          return [notice]
        },
      }
    },
  },
  {
    name: 'content-members-with-payload',
    rules: ['PUSH-036'],
    does: 'The members of flex-push-content are in pushes with payload, too.',
    looksLike: 'The option is applied to every push.',
    gate: changedUserData((userData, notice) => ({ ...userData, 'session-id': notice.chatId })),
  },
])
