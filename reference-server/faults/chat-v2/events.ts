import type { ChatEvent, EventType, PartyType } from '../../../protocol/chat/event.ts'
import { changedAnswer, changedEvents } from '../changed-json.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

type Json = Record<string, unknown>

/** Acts on events of this type before they are stored. */
function changedType(type: EventType, change: (event: ChatEvent) => ChatEvent): FaultGate {
  return { event: event => (event.type === type ? change(event) : event) }
}

function changedText(change: (text: string) => string): FaultGate {
  return changedType('Message', event => ({ ...event, text: change(event.text ?? '') }))
}

/** Acts on the sender of events in answers to refresh. */
function changedFrom(change: (from: Json) => Json): FaultGate {
  return { reply: changedEvents('refresh', event => ({ ...event, from: change(event.from as Json) })) }
}

function changedReason(change: (reason: string) => string | undefined): FaultGate {
  return changedType('ParticipantLeft', event => {
    const { userData, ...rest } = event
    const reason = change(userData?.['quit-reason-code'] ?? '')
    return reason === undefined ? rest : { ...rest, userData: { ...userData, 'quit-reason-code': reason } }
  })
}

export const events = conformFaults([
  {
    name: 'type-of-own-invention',
    rules: ['CV2-050'],
    does: 'A custom notice has the type CustomNotification.',
    looksLike: 'The name of the class is written instead of the documented word.',
    gate: () => changedType('CustomNotice', event => ({ ...event, type: 'CustomNotification' as EventType })),
  },
  {
    name: 'type-with-prefix',
    rules: ['CV2-050'],
    does: 'Typing events have the type Notice.TypingStarted.',
    looksLike: 'The word of the filter option is used for answers, too.',
    gate: () => changedType('TypingStarted', event => ({ ...event, type: 'Notice.TypingStarted' as EventType })),
  },
  {
    name: 'nameless-agents',
    rules: ['CV2-051'],
    does: 'Events of agents have no nickname.',
    looksLike: 'The nickname is taken from the form of request chat, which agents have not.',
    gate: () => changedFrom(({ nickname, ...from }) => (from.participantId === 1 ? { nickname, ...from } : from)),
  },
  {
    name: 'participant-id-as-text',
    rules: ['CV2-051'],
    does: 'participantId is a text in answers to refresh.',
    looksLike: 'The attribute of the Chat Server protocol is copied as it is.',
    gate: () => changedFrom(from => ({ ...from, participantId: String(from.participantId) })),
  },
  {
    name: 'no-type-of-party',
    rules: ['CV2-051'],
    does: 'from has no type in answers to refresh.',
    looksLike: 'The member was added to notifications and not to answers.',
    gate: () => changedFrom(({ type: _, ...from }) => from),
  },
  {
    name: 'bot-is-bot',
    rules: ['CV2-052'],
    does: 'A party of type External is shown as Bot.',
    looksLike: 'A new kind of party was introduced without telling the clients.',
    gate: () => changedFrom(from => (from.type === 'External' ? { ...from, type: 'Bot' } : from)),
  },
  {
    name: 'party-types-in-capitals',
    rules: ['CV2-052'],
    does: 'Types of parties are in capitals.',
    looksLike: 'The words of the Chat Server protocol are not translated.',
    gate: () => changedFrom(from => ({ ...from, type: String(from.type).toUpperCase() })),
  },
  {
    name: 'supervisor-is-agent',
    rules: ['CV2-052'],
    does: 'A supervisor is shown as Agent.',
    looksLike: 'Whoever is not the client counts as agent.',
    gate: () => ({
      event: event =>
        event.from.type === 'Supervisor'
          ? { ...event, from: { ...event.from, type: 'Agent' satisfies PartyType } }
          : event,
    }),
  },
  {
    name: 'participants-from-zero',
    rules: ['CV2-053'],
    does: 'Participants are counted from 0 in answers to refresh.',
    looksLike: 'The place in the list of parties is shown.',
    gate: () => changedFrom(from => ({ ...from, participantId: Number(from.participantId) - 1 })),
  },
  {
    name: 'participant-id-reused',
    rules: ['CV2-053'],
    does: 'Each agent is participant 2.',
    looksLike: 'The id is the number of parties that are present.',
    gate: () => ({
      event: event => (event.from.participantId > 2 ? { ...event, from: { ...event.from, participantId: 2 } } : event),
    }),
  },
  {
    name: 'newest-first',
    rules: ['CV2-054'],
    does: 'A refresh shows the newest event first.',
    looksLike: 'The list is sorted for the user interface.',
    gate: () => ({
      reply: changedAnswer('refresh', body => ({ ...body, messages: (body.messages as Json[]).toReversed() })),
    }),
  },
  {
    name: 'grouped-by-party',
    rules: ['CV2-054'],
    does: 'A refresh shows first the events of the customer, then those of the agents.',
    looksLike: 'Two queries are put together without sorting.',
    gate: () => ({
      outcome: (_request, outcome) =>
        outcome.kind === 'ok'
          ? { ...outcome, events: outcome.events.toSorted((a, b) => a.from.participantId - b.from.participantId) }
          : outcome,
    }),
  },
  {
    name: 'event-twice-in-answer',
    rules: ['CV2-054'],
    does: 'The last event of a refresh is there twice.',
    looksLike: 'The event arrives while the answer is built and is appended a second time.',
    gate: () => ({
      reply: changedAnswer('refresh', body => ({
        ...body,
        messages: [...(body.messages as Json[]), ...(body.messages as Json[]).slice(-1)],
      })),
    }),
  },
  {
    name: 'clock-of-the-node',
    rules: ['CV2-055'],
    does: 'utcTime depends on the node that delivers the event.',
    looksLike: 'The node adds the difference of its own clock to the time of Chat Server.',
    gate() {
      let first: string | undefined
      const later = changedEvents('', event => ({ ...event, utcTime: Number(event.utcTime) + 1000 }))
      return {
        reply(reply, asked) {
          if (asked.operation !== '') first ??= asked.headers.host
          return asked.headers.host === first ? reply : later(reply, asked)
        },
      }
    },
  },
  {
    name: 'send-tells-other-text',
    rules: ['CV2-055'],
    does: 'The answer to send shows typing events without their preview.',
    looksLike: 'Send and refresh convert events by different code.',
    gate: () => ({
      reply: changedEvents('send', event => {
        const { text: _, ...rest } = event
        return event.type === 'TypingStarted' ? rest : event
      }),
    }),
  },
  {
    name: 'time-in-seconds',
    rules: ['CV2-056', 'CV2-057'],
    does: 'utcTime counts seconds.',
    looksLike: 'The time of Chat Server is passed on without a conversion.',
    gate: () => ({ event: event => ({ ...event, utcTime: event.utcTime / 1000 }) }),
  },
  {
    name: 'time-as-iso-text',
    rules: ['CV2-056'],
    does: 'utcTime is a text like 2026-01-31T12:00:00Z in answers to refresh.',
    looksLike: 'The default of the JSON library for dates changed.',
    gate: () => ({
      reply: changedEvents('refresh', event => ({
        ...event,
        utcTime: new Date(Number(event.utcTime)).toISOString(),
      })),
    }),
  },
  {
    name: 'time-goes-back',
    rules: ['CV2-056'],
    does: 'A message has the time of a minute before.',
    looksLike: 'The clock of the host that takes messages is late.',
    gate: () => changedType('Message', event => ({ ...event, utcTime: event.utcTime - 60_000 })),
  },
  {
    name: 'time-of-the-start',
    rules: ['CV2-056'],
    does: 'Every event has the time at which its chat began.',
    looksLike: 'The time is taken from the session object.',
    gate() {
      const starts = new Map<string, number>()
      return {
        event(event, chatId) {
          if (!starts.has(chatId)) starts.set(chatId, event.utcTime)
          return { ...event, utcTime: starts.get(chatId)! }
        },
      }
    },
  },
  {
    name: 'fractions-of-a-second',
    rules: ['CV2-057'],
    does: 'utcTime has milliseconds other than 000.',
    looksLike: 'The node stamps the event, not Chat Server.',
    gate: () => ({ event: event => ({ ...event, utcTime: event.utcTime + 123 }) }),
  },
  {
    name: 'message-type-invented',
    rules: ['CV2-058'],
    does: 'A message without messageType is given "text".',
    looksLike: 'The default of the user interface is filled in by the server.',
    gate: () => changedType('Message', event => ({ ...event, messageType: event.messageType ?? 'text' })),
  },
  {
    name: 'message-type-lost',
    rules: ['CV2-058'],
    does: 'A message has no messageType.',
    looksLike: 'The member is missing in the table in which transcripts are kept.',
    gate: () => changedType('Message', ({ messageType: _, ...event }) => event),
  },
  {
    name: 'message-type-in-lower-case',
    rules: ['CV2-058'],
    does: 'messageType comes back in lower case.',
    looksLike: 'It is normalized for a comparison and stored so.',
    gate: () =>
      changedType('Message', event =>
        event.messageType === undefined ? event : { ...event, messageType: event.messageType.toLowerCase() },
      ),
  },
  {
    name: 'quit-reason-as-number',
    rules: ['CV2-059'],
    does: 'The quit reason is a number.',
    looksLike: 'The JSON library guesses types from what a text looks like.',
    gate: () => ({
      reply: changedEvents('refresh', event => {
        const { userData } = event as { userData?: Record<string, string> }
        if (!userData) return event
        const numbers = Object.entries(userData).map(([key, value]) => [key, Number(value)])
        return { ...event, userData: Object.fromEntries(numbers) }
      }),
    }),
  },
  {
    name: 'left-names-the-customer',
    rules: ['CV2-060'],
    does: 'The ParticipantLeft of an agent has the customer as its from.',
    looksLike: 'The event is built for the one who gets it.',
    gate() {
      const customers = new Map<string, ChatEvent['from']>()
      return {
        event(event, chatId) {
          if (event.from.participantId === 1) customers.set(chatId, event.from)
          return event.type === 'ParticipantLeft' ? { ...event, from: customers.get(chatId) ?? event.from } : event
        },
      }
    },
  },
  {
    name: 'left-names-the-remover',
    rules: ['CV2-060'],
    does: 'The ParticipantLeft of a party that was removed has the one who removed it as its from.',
    looksLike: 'The from is the party whose request made the event.',
    gate() {
      const last = new Map<string, ChatEvent['from']>()
      return {
        event(event, chatId) {
          if (event.type === 'ParticipantJoined') last.set(chatId, event.from)
          const isRemoved = event.type === 'ParticipantLeft' && event.userData?.['quit-reason-code'] === '4'
          return isRemoved ? { ...event, from: last.get(chatId) ?? event.from } : event
        },
      }
    },
  },
  {
    name: 'join-without-agent',
    rules: ['CV2-060'],
    does: 'The ParticipantJoined of an agent has the nickname of the customer.',
    looksLike: 'The nickname is taken from the session.',
    gate() {
      const customers = new Map<string, string>()
      return {
        event(event, chatId) {
          if (event.from.participantId === 1) customers.set(chatId, event.from.nickname)
          const nickname = customers.get(chatId) ?? event.from.nickname
          return event.type === 'ParticipantJoined' ? { ...event, from: { ...event.from, nickname } } : event
        },
      }
    },
  },
  {
    name: 'reason-0-of-agents',
    rules: ['CV2-061'],
    does: 'An agent who left by itself is shown with quit reason 0.',
    looksLike: 'Only reason 3 is filtered.',
    gate: () => ({
      reply: changedEvents('refresh', event =>
        event.type === 'ParticipantLeft' && event.userData === undefined
          ? { ...event, userData: { 'quit-reason-code': '0' } }
          : event,
      ),
    }),
  },
  {
    name: 'no-quit-reason',
    rules: ['CV2-062'],
    does: 'No ParticipantLeft shows a reason.',
    looksLike: 'The filter for reasons 0 and 3 takes all of them.',
    gate: () => ({
      reply: changedEvents('refresh', event => {
        const { userData: _, ...rest } = event
        return event.type === 'ParticipantLeft' ? rest : event
      }),
    }),
  },
  {
    name: 'every-reason-is-4',
    rules: ['CV2-062'],
    does: 'Reasons 5 and 7 are shown as 4.',
    looksLike: 'The end of a chat is one branch, whoever caused it.',
    gate: () => changedReason(reason => (reason === '5' || reason === '7' ? '4' : reason)),
  },
  {
    name: 'inactivity-is-5',
    rules: ['CV2-062'],
    does: 'A chat that is closed for inactivity tells reason 5.',
    looksLike: 'Idle control closes the chat through the interface of the workflow.',
    gate: () => changedReason(reason => (reason === '7' ? '5' : reason)),
  },
  {
    name: 'no-preview',
    rules: ['CV2-063'],
    does: 'Typing events have no preview.',
    looksLike: 'The preview is kept from other parties for privacy.',
    gate: () => changedType('TypingStarted', ({ text: _, ...event }) => event),
  },
  {
    name: 'preview-only-at-start',
    rules: ['CV2-063'],
    does: 'TypingStopped has no preview.',
    looksLike: 'The member is read for startTyping alone.',
    gate: () => changedType('TypingStopped', ({ text: _, ...event }) => event),
  },
  {
    name: 'nickname-stays',
    rules: ['CV2-064'],
    does: 'Messages show the nickname with which the party joined.',
    looksLike: 'The list of parties is not updated by a change of nickname.',
    gate() {
      const names = new Map<string, string>()
      return {
        event(event, chatId) {
          const key = `${chatId} ${event.from.participantId}`
          if (!names.has(key)) names.set(key, event.from.nickname)
          return event.type === 'Message' ? { ...event, from: { ...event.from, nickname: names.get(key)! } } : event
        },
      }
    },
  },
  {
    name: 'nickname-for-all',
    rules: ['CV2-064'],
    does: 'After a change of nickname all parties show it.',
    looksLike: 'The nickname is kept with the session instead of the party.',
    gate() {
      const newest = new Map<string, string>()
      return {
        event(event, chatId) {
          if (event.type === 'NicknameUpdated') newest.set(chatId, event.from.nickname)
          return { ...event, from: { ...event.from, nickname: newest.get(chatId) ?? event.from.nickname } }
        },
      }
    },
  },
  {
    name: 'trimmed-text',
    rules: ['CV2-065'],
    does: 'Blanks at both ends of a message are cut off.',
    looksLike: 'All form fields are trimmed by the framework.',
    gate: () => changedText(text => text.trim()),
  },
  {
    name: 'one-line-text',
    rules: ['CV2-065'],
    does: 'Line breaks of a message become blanks.',
    looksLike: 'The text passes through an XML attribute.',
    gate: () => changedText(text => text.replace(/\r?\n/g, ' ')),
  },
  {
    name: 'escaped-text',
    rules: ['CV2-065'],
    does: 'Angle brackets and ampersands of a message come back as HTML entities.',
    looksLike: 'The text is made safe for a web page when it is stored instead of when it is shown.',
    gate: () => changedText(text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
  },
  {
    name: 'unix-line-breaks',
    rules: ['CV2-065'],
    does: 'Line breaks of two characters become one character.',
    looksLike: 'The text is read line by line.',
    gate: () => changedText(text => text.replaceAll('\r\n', '\n')),
  },
  {
    name: 'agent-only-shown',
    rules: ['CV2-066'],
    does: 'Messages between agents are shown to the customer.',
    looksLike: 'The visibility is looked at by agent desktops alone.',
    gate: () => ({ visible: () => true }),
  },
  {
    name: 'agent-only-notice-shown',
    rules: ['CV2-066'],
    does: 'Notices between agents are shown to the customer.',
    looksLike: 'The visibility is a member of messages and not of notices.',
    gate: () => ({ visible: event => (event.type === 'CustomNotice' ? true : undefined) }),
  },
  {
    name: 'renumbered-without-gaps',
    rules: ['CV2-066'],
    does: 'Answers number the events that the customer may see without gaps.',
    looksLike: 'The index is the place in the list that is sent.',
    gate: () => ({
      outcome: (request, outcome) =>
        outcome.kind === 'ok' && request.operation === 'refresh' && request.transcriptPosition === undefined
          ? { ...outcome, events: outcome.events.map((event, at) => ({ ...event, index: at + 1 })) }
          : outcome,
    }),
  },
])
