import type { ChatEvent } from '../../../protocol/chat/event.ts'
import { changedAnswer, without } from '../changed-json.ts'
import { changedOutcome, changedRequest } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

/** Reads positions of all operations before the node does; undefined = the field is taken away. */
function changedPosition(change: (text: string) => string | undefined): () => FaultGate {
  return () => ({
    form(form) {
      const position = form.get('transcriptPosition')
      if (position === null) return form
      const changed = new URLSearchParams(form)
      const read = change(position)
      if (read === undefined) changed.delete('transcriptPosition')
      else changed.set('transcriptPosition', read)
      return changed
    },
  })
}

const lastIndexOf = (events: readonly ChatEvent[]) => events.at(-1)?.index ?? 0

export const sendAndRefresh = conformFaults([
  {
    name: 'send-swallowed',
    rules: ['CV2-079'],
    does: 'A message is accepted and not stored.',
    looksLike: 'The request is answered before the storage confirms, and its failure is ignored.',
    gate: () => changedRequest('send', request => ({ ...request, operation: 'refresh', transcriptPosition: 0 })),
  },
  {
    name: 'message-stored-twice',
    rules: ['CV2-079'],
    does: 'A message is stored twice.',
    looksLike: 'The request to the Chat Server is repeated although the first one got through.',
  },
  {
    name: 'message-of-the-system',
    rules: ['CV2-079', 'CV2-053'],
    does: 'A message of the customer comes from the system.',
    looksLike: 'The node posts under its own login.',
    gate: () => ({
      event: event =>
        event.type === 'Message' && event.from.participantId === 1
          ? { ...event, from: { nickname: 'system', participantId: 9, type: 'External' } }
          : event,
    }),
  },
  {
    name: 'newest-message-first',
    rules: ['CV2-079', 'CV2-054'],
    does: 'The text of a message stands at the place of the message before.',
    looksLike: 'Two workers store messages in the order in which they finish.',
    gate() {
      const waiting = new Map<string, string>()
      return changedRequest('send', request => {
        const message = waiting.get(request.chatId) ?? request.message ?? ''
        waiting.set(request.chatId, request.message ?? '')
        return { ...request, message }
      })
    },
  },
  {
    name: 'send-returns-transcript',
    rules: ['CV2-080'],
    does: 'Send without a position returns the whole transcript.',
    looksLike: 'Send and refresh share the default of the position.',
    gate: () =>
      changedRequest('send', request => (request.transcriptPosition ? request : { ...request, transcriptPosition: 1 })),
  },
  {
    name: 'send-ignores-position',
    rules: ['CV2-081'],
    does: 'Send returns no events, whatever position it names.',
    looksLike: 'The field is read for refresh only.',
    gate: () => changedRequest('send', ({ transcriptPosition: _, ...request }) => request),
  },
  {
    name: 'send-without-own-event',
    rules: ['CV2-081'],
    does: 'Send with a position returns the events before its own one only.',
    looksLike: 'The transcript is read before the message is stored.',
    gate: () => changedOutcome('send', outcome => ({ ...outcome, events: outcome.events.slice(0, -1) })),
  },
  {
    name: 'equal-texts-merged',
    rules: ['CV2-082'],
    does: 'A text that is sent twice in a row is stored once.',
    looksLike: 'A filter against impatient customers swallows repetitions.',
    gate() {
      const last = new Map<string, string>()
      return changedRequest('send', request => {
        const isRepeated = last.get(request.chatId) === request.message
        last.set(request.chatId, request.message ?? '')
        return isRepeated ? { ...request, operation: 'refresh', transcriptPosition: 0 } : request
      })
    },
  },
  {
    name: 'refresh-default-is-none',
    rules: ['CV2-083'],
    does: 'Refresh without a position returns no events.',
    looksLike: 'Send and refresh share the default of the position.',
    gate: () => changedRequest('refresh', request => ({ transcriptPosition: 0, ...request })),
  },
  {
    name: 'refresh-from-one-is-exclusive',
    rules: ['CV2-083'],
    does: 'Refresh from 1 begins at 2.',
    looksLike: 'The position is taken for the last event that the client has.',
    gate: () =>
      changedRequest('refresh', request =>
        request.transcriptPosition === 1 ? { ...request, transcriptPosition: 2 } : request,
      ),
  },
  {
    name: 'hundred-events-at-most',
    rules: ['CV2-083'],
    does: 'An answer has the first hundred events only.',
    looksLike: 'A query for the transcript has a limit, and nobody asks for the next page.',
    gate: () => changedOutcome('refresh', outcome => ({ ...outcome, events: outcome.events.slice(0, 100) })),
  },
  {
    name: 'refresh-of-the-last-writer',
    rules: ['CV2-083', 'CV2-085'],
    does: 'The texts of a refresh are those of the chat in which somebody wrote last.',
    looksLike: 'The transcript is kept in a member of a shared handler.',
    gate() {
      let last: { chatId: string; texts: Map<number, string> } = { chatId: '', texts: new Map() }
      return {
        event(event, chatId) {
          if (last.chatId !== chatId) last = { chatId, texts: new Map() }
          if (event.type === 'Message') last.texts.set(event.index, event.text ?? '')
          return event
        },
        ...changedOutcome('refresh', outcome => ({
          ...outcome,
          events: outcome.events.map(event =>
            event.type === 'Message' ? { ...event, text: last.texts.get(event.index) ?? event.text ?? '' } : event,
          ),
        })),
      }
    },
  },
  {
    name: 'refresh-without-own-events',
    rules: ['CV2-083', 'CV2-085'],
    does: 'Refresh leaves out what the customer did itself.',
    looksLike: 'The filter of pushes, which leaves out own activity, is used for answers too.',
    gate: () =>
      changedOutcome('refresh', outcome => ({
        ...outcome,
        events: outcome.events.filter(event => event.from.participantId !== 1 || event.type === 'ParticipantJoined'),
      })),
  },
  {
    name: 'refresh-zero-is-all',
    rules: ['CV2-084'],
    does: 'Refresh from 0 returns the whole transcript.',
    looksLike: 'Zero is taken for a missing value.',
    gate: () =>
      changedRequest('refresh', request =>
        request.transcriptPosition === 0 ? { ...request, transcriptPosition: 1 } : request,
      ),
  },
  {
    name: 'refresh-one-too-late',
    rules: ['CV2-085'],
    does: 'Refresh from n begins at n + 1.',
    looksLike: 'The position is taken for the last event that the client has.',
    gate: () =>
      changedRequest('refresh', request =>
        (request.transcriptPosition ?? 0) > 1
          ? { ...request, transcriptPosition: request.transcriptPosition! + 1 }
          : request,
      ),
  },
  {
    name: 'refresh-one-too-early',
    rules: ['CV2-085', 'CV2-088'],
    does: 'Refresh from n begins at n - 1.',
    looksLike: 'The position is taken for a place counted from zero.',
    gate: () =>
      changedRequest('refresh', request =>
        (request.transcriptPosition ?? 0) > 1
          ? { ...request, transcriptPosition: request.transcriptPosition! - 1 }
          : request,
      ),
  },
  {
    name: 'refresh-without-last-event',
    rules: ['CV2-085', 'CV2-083'],
    does: 'Refresh leaves out the newest event.',
    looksLike: 'The end of a range is inclusive in one library and exclusive in the other.',
    gate: () => changedOutcome('refresh', outcome => ({ ...outcome, events: outcome.events.slice(0, -1) })),
  },
  {
    name: 'events-delivered-once',
    rules: ['CV2-085', 'CV2-083'],
    does: 'What a refresh has delivered is not delivered again.',
    looksLike: 'The node keeps a queue of new events and ignores the position.',
    gate() {
      const delivered = new Map<string, number>()
      return changedOutcome('refresh', outcome => {
        const last = delivered.get(outcome.chatId) ?? 0
        delivered.set(outcome.chatId, Math.max(last, lastIndexOf(outcome.events)))
        return { ...outcome, events: outcome.events.filter(event => event.index > last) }
      })
    },
  },
  {
    name: 'beyond-the-end-is-all',
    rules: ['CV2-086', 'CV2-085'],
    does: 'A position far beyond the end returns the whole transcript.',
    looksLike: 'An index that is out of range is replaced by the default.',
    gate: () =>
      changedRequest('refresh', request =>
        (request.transcriptPosition ?? 0) > 1000 ? { ...request, transcriptPosition: 1 } : request,
      ),
  },
  {
    name: 'last-event-at-the-end',
    rules: ['CV2-086', 'CV2-085'],
    does: 'Refresh from nextPosition returns the last event once more when there is nothing new.',
    looksLike: 'The position is limited to the last index.',
    gate() {
      const last = new Map<string, ChatEvent>()
      const answered = changedOutcome('refresh', (outcome, request) => {
        const event = last.get(outcome.chatId)
        const isAtEnd = request.transcriptPosition === outcome.nextPosition && event !== undefined
        return isAtEnd ? { ...outcome, events: [event] } : outcome
      })
      return {
        ...answered,
        event(event, chatId) {
          last.set(chatId, event)
          return event
        },
      }
    },
  },
  {
    name: 'next-position-echoes-request',
    rules: ['CV2-086', 'CV2-087'],
    does: 'A refresh beyond the end answers with the position that was asked for.',
    looksLike: 'Without events the position of the request is returned.',
    gate: () =>
      changedOutcome('refresh', (outcome, { transcriptPosition = 1 }) => ({
        ...outcome,
        nextPosition: Math.max(outcome.nextPosition, transcriptPosition),
      })),
  },
  {
    name: 'beyond-the-end-refused',
    rules: ['CV2-086'],
    does: 'A position beyond 32 bits is refused.',
    looksLike: 'The position is parsed as a 32-bit integer.',
    gate: changedPosition(text => (Number(text) > 2_147_483_647 ? 'overflow' : text)),
  },
  {
    name: 'next-position-is-last-index',
    rules: ['CV2-087'],
    does: 'nextPosition is the index of the last event.',
    looksLike: 'Next and last were mixed up.',
    gate: () => ({
      outcome: (_request, outcome) =>
        outcome.kind === 'ok' ? { ...outcome, nextPosition: outcome.nextPosition - 1 } : outcome,
    }),
  },
  {
    name: 'next-position-of-what-is-shown',
    rules: ['CV2-087'],
    does: 'nextPosition of a refresh follows the last event that is in the answer.',
    looksLike: 'The node computes it from the events that it passes on, and does not know of hidden ones.',
    gate: () =>
      changedOutcome('refresh', outcome => ({
        ...outcome,
        nextPosition: outcome.events.length === 0 ? outcome.nextPosition : lastIndexOf(outcome.events) + 1,
      })),
  },
  {
    name: 'next-position-one-without-events',
    rules: ['CV2-087'],
    does: 'An answer without events has nextPosition 1.',
    looksLike: 'The maximum of an empty list is zero.',
    gate: () => ({
      outcome: (_request, outcome) =>
        outcome.kind === 'ok' && outcome.events.length === 0 ? { ...outcome, nextPosition: 1 } : outcome,
    }),
  },
  {
    name: 'typing-without-position',
    rules: ['CV2-087'],
    does: 'Answers to startTyping and stopTyping have the nextPosition of before.',
    looksLike: 'Typing is not counted because it is not stored.',
    gate: () => ({
      outcome: (request, outcome) =>
        outcome.kind === 'ok' && /^st.+Typing$/.test(request.operation)
          ? { ...outcome, nextPosition: outcome.nextPosition - 1 }
          : outcome,
    }),
  },
  {
    name: 'no-next-position',
    rules: ['CV2-020', 'CV2-087'],
    does: 'The answer to send has no nextPosition.',
    looksLike: 'The member is written only when there are messages.',
    gate: () => ({ reply: changedAnswer('send', body => without(body, 'nextPosition')) }),
  },
  {
    name: 'next-position-skips-one',
    rules: ['CV2-088', 'CV2-087'],
    does: 'nextPosition of a refresh is one too high, so that the next event is never asked for.',
    looksLike: 'One is added by the Chat Server and once more by the node.',
    gate: () => changedOutcome('refresh', outcome => ({ ...outcome, nextPosition: outcome.nextPosition + 1 })),
  },
  {
    name: 'events-newest-first',
    rules: ['CV2-088', 'CV2-054'],
    does: 'Refresh returns its events in falling order.',
    looksLike: 'The storage returns the newest first, and nobody turns the list.',
    gate: () => changedOutcome('refresh', outcome => ({ ...outcome, events: outcome.events.toReversed() })),
  },
  {
    name: 'last-event-doubled',
    rules: ['CV2-088', 'CV2-054'],
    does: 'A refresh with several events shows the last one twice.',
    looksLike: 'A live event and the transcript overlap in the answer.',
    gate: () =>
      changedOutcome('refresh', outcome => ({
        ...outcome,
        events: outcome.events.length < 2 ? outcome.events : [...outcome.events, outcome.events.at(-1)!],
      })),
  },
  {
    name: 'negative-position-is-zero',
    rules: ['CV2-089'],
    does: 'A negative position is taken for 0.',
    looksLike: 'The value is limited to its range before it is checked.',
    gate: changedPosition(text => (text.startsWith('-') ? '0' : text)),
  },
  {
    name: 'position-is-cut',
    rules: ['CV2-089'],
    does: 'What follows the leading digits of a position is ignored.',
    looksLike: 'parseInt reads as far as it can.',
    gate: changedPosition(text => /^\s*\d+/.exec(text)?.[0] ?? text),
  },
  {
    name: 'no-number-is-no-position',
    rules: ['CV2-089'],
    does: 'A position that is no number counts as missing.',
    looksLike: 'The parser returns null, and so does a field that is not there.',
    gate: changedPosition(text => (/\d/.test(text) ? text : undefined)),
  },
  {
    name: 'blanks-around-position-refused',
    rules: ['CV2-089'],
    does: 'A position with blanks around it is refused.',
    looksLike: 'A strict parser is used without trimming.',
    gate: changedPosition(text => (text === text.trim() ? text : 'blank')),
  },
  {
    name: 'wrong-position-answered-500',
    rules: ['CV2-089'],
    does: 'A wrong position is answered 500.',
    looksLike: 'The exception of the number parser is not caught.',
    gate: () => ({
      reply: reply => (reply.body.includes('"code":9002') ? { ...reply, status: 500 } : reply),
    }),
  },
  {
    name: 'refused-send-is-stored',
    rules: ['CV2-089'],
    does: 'A send that is refused for its position is stored by the next request.',
    looksLike: 'The message is queued before the rest of the form is checked.',
    gate() {
      const queued = new Map<string, string>()
      return {
        form(form, { operation, chatId }) {
          if (operation === 'send' && form.get('transcriptPosition')?.startsWith('-'))
            queued.set(chatId, form.get('message') ?? '')
          return form
        },
        request(request) {
          const message = queued.get(request.chatId)
          if (request.operation !== 'refresh' || message === undefined) return request
          queued.delete(request.chatId)
          return { ...request, operation: 'send', message, transcriptPosition: 1 }
        },
      }
    },
  },
  {
    name: 'typing-is-no-activity',
    rules: ['CV2-090', 'CS-002'],
    does: 'Typing does not restart the inactivity timers.',
    looksLike: 'Typing notices take a short cut past the session.',
  },
  {
    name: 'empty-refresh-is-no-activity',
    rules: ['CV2-090', 'CS-002'],
    does: 'A refresh from 0 does not restart the inactivity timers.',
    looksLike: 'The node answers it by itself, since it needs no events.',
  },
  {
    name: 'update-data-is-no-activity',
    rules: ['CV2-090', 'CS-002'],
    does: 'updateData does not restart the inactivity timers.',
    looksLike: 'Data go to the interaction server, past the Chat Server.',
  },
  {
    name: 'refresh-confirms-nothing',
    rules: ['CV2-091', 'CS-061', 'PUSH-050'],
    does: 'Reliable pushes are repeated although the client has refreshed.',
    looksLike: 'The confirmation is sent over a connection that another node holds.',
    gate: () => ({ confirms: () => false }),
  },
  {
    name: 'empty-refresh-confirms-nothing',
    rules: ['CV2-091', 'CS-068'],
    does: 'A refresh from 0 does not confirm a reliable push.',
    looksLike: 'Only events that are delivered confirm.',
    gate() {
      const empty = new Set<string>()
      return {
        request(request) {
          const isEmpty = request.operation === 'refresh' && request.transcriptPosition === 0
          if (isEmpty) empty.add(request.chatId)
          else empty.delete(request.chatId)
          return request
        },
        confirms: chatId => !empty.has(chatId),
      }
    },
  },
  {
    name: 'refresh-sends-its-message',
    rules: ['CV2-092'],
    does: 'A message that comes with a refresh is sent.',
    looksLike: 'Version 1 of the API did so, and the code is shared.',
    gate() {
      const typed = new Map<string, string>()
      return {
        form(form, { operation, chatId }) {
          const message = form.get('message')
          if (operation === 'refresh' && message) typed.set(chatId, message)
          return form
        },
        request(request) {
          const message = typed.get(request.chatId)
          if (request.operation !== 'refresh' || message === undefined) return request
          typed.delete(request.chatId)
          return { ...request, operation: 'send', message, transcriptPosition: request.transcriptPosition ?? 1 }
        },
      }
    },
  },
])
