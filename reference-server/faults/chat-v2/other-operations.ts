import type { ChatOutcome } from '../../messages.ts'
import type { OkOutcome } from '../answered-message.ts'
import { changedAnswer } from '../changed-json.ts'
import { changedOutcome, changedRequest, rememberAnswers, requestsOfKnownChats } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

/** A form whose field is given a value when it has none, so that it counts as given. */
function filledIn(operation: string, field: string, value: string): () => FaultGate {
  return () => ({
    form(form, asked) {
      if (asked.operation !== operation || form.get(field)) return form
      const changed = new URLSearchParams(form)
      changed.set(field, value)
      return changed
    },
  })
}

/** Answers 249 for a chat that no Chat Server has, put as the given fault wants it. */
function changedUnknownChat(change: (body: string) => { status: number; body: string }): () => FaultGate {
  return () => {
    const unknown = new Set<string>()
    return {
      outcome(request, outcome) {
        if (outcome.kind === 'refused' && outcome.reason === 'not-here') unknown.add(request.chatId)
        return outcome
      },
      reply(reply, { path }) {
        return [...unknown].some(chatId => path.includes(chatId)) ? { ...reply, ...change(reply.body) } : reply
      },
    }
  }
}

const isOver = (outcome: ChatOutcome): outcome is OkOutcome => outcome.kind === 'ok' && outcome.chatEnded

export const otherOperations = conformFaults([
  {
    name: 'typing-without-text-swallowed',
    rules: ['CV2-093'],
    does: 'startTyping without a message is accepted and not seen by the agent.',
    looksLike: 'The notice is sent when its text has changed, and nothing is equal to nothing.',
    gate: () =>
      changedRequest('startTyping', request =>
        request.message === undefined ? { ...request, operation: 'refresh', transcriptPosition: 0 } : request,
      ),
  },
  {
    name: 'typing-without-text-refused',
    rules: ['CV2-093'],
    does: 'stopTyping without a message is refused.',
    looksLike: 'The form of send is used for typing too.',
    gate: () =>
      changedRequest('stopTyping', request => (request.message === undefined ? { ...request, userId: '-' } : request)),
  },
  {
    name: 'stop-typing-starts',
    rules: ['CV2-093'],
    does: 'stopTyping makes a TypingStarted.',
    looksLike: 'Both paths lead to one handler, which does not look at the path.',
    gate: () => changedRequest('stopTyping', request => ({ ...request, operation: 'startTyping' })),
  },
  {
    name: 'typing-text-lost',
    rules: ['CV2-093', 'CV2-063'],
    does: 'The agent sees that the customer types, but not what.',
    looksLike: 'Previews were switched off for all, not for one tenant.',
    gate: () => changedRequest(['startTyping', 'stopTyping'], ({ message: _, ...request }) => request),
  },
  {
    name: 'push-url-normalized',
    rules: ['CV2-094'],
    does: 'The pushed URL is brought into its normal form.',
    looksLike: 'The URL is parsed and printed again on its way.',
    gate: () =>
      changedRequest('pushUrl', request => ({
        ...request,
        pushUrl: URL.canParse(request.pushUrl ?? '') ? new URL(request.pushUrl!).href : request.pushUrl!,
      })),
  },
  {
    name: 'push-url-is-a-message',
    rules: ['CV2-094'],
    does: 'pushUrl makes a Message with the URL as text.',
    looksLike: 'The desktop makes links of texts, so the special event was given up.',
    gate: () =>
      changedRequest('pushUrl', request => ({ ...request, operation: 'send', message: request.pushUrl ?? '' })),
  },
  {
    name: 'push-url-without-fragment',
    rules: ['CV2-094'],
    does: 'The pushed URL loses what follows its #.',
    looksLike: 'The URL is handled as one that is going to be fetched.',
    gate: () => changedRequest('pushUrl', request => ({ ...request, pushUrl: request.pushUrl!.replace(/#.*/, '') })),
  },
  {
    name: 'push-url-without-url',
    rules: ['CV2-095'],
    does: 'pushUrl without a URL is accepted.',
    looksLike: 'The check of mandatory fields knows the fields of send only.',
    gate: filledIn('pushUrl', 'pushUrl', 'null'),
  },
  {
    name: 'update-nickname-without-name',
    rules: ['CV2-095'],
    does: 'updateNickname without a nickname is accepted.',
    looksLike: 'A missing field is passed on as a text.',
    gate: filledIn('updateNickname', 'nickname', 'null'),
  },
  {
    name: 'send-without-message',
    rules: ['CV2-095', 'CV2-012'],
    does: 'Send without a message is accepted and stores a blank.',
    looksLike: 'Presence of the field is checked, not its value.',
    gate: filledIn('send', 'message', ' '),
  },
  {
    name: 'missing-field-has-no-code',
    rules: ['CV2-095'],
    does: 'A missing field is refused with code 9010 instead of 9001.',
    looksLike: 'Each error of the form ends in one general handler.',
    gate: () => ({
      reply: reply => ({ ...reply, body: reply.body.replace('"code":9001', '"code":9010') }),
    }),
  },
  {
    name: 'nickname-event-of-old-name',
    rules: ['CV2-096'],
    does: 'NicknameUpdated has the old nickname as sender.',
    looksLike: 'The event is made before the party is renamed.',
    gate() {
      const names = new Map<string, string>()
      return {
        event(event, chatId) {
          if (event.from.participantId !== 1) return event
          const nickname = names.get(chatId) ?? event.from.nickname
          names.set(chatId, event.from.nickname)
          return event.type === 'NicknameUpdated' ? { ...event, from: { ...event.from, nickname } } : event
        },
      }
    },
  },
  {
    name: 'nickname-event-without-text',
    rules: ['CV2-096'],
    does: 'NicknameUpdated has no text.',
    looksLike: 'The new name is thought to be told by the sender already.',
    gate: () => ({
      event(event) {
        if (event.type !== 'NicknameUpdated') return event
        const { text: _, ...rest } = event
        return rest
      },
    }),
  },
  {
    name: 'nickname-not-announced',
    rules: ['CV2-096'],
    does: 'updateNickname is accepted and changes nothing.',
    looksLike: 'The name is changed in the node only, which does not show it.',
    gate: () =>
      changedRequest('updateNickname', request => ({ ...request, operation: 'refresh', transcriptPosition: 0 })),
  },
  {
    name: 'notice-without-text-swallowed',
    rules: ['CV2-097'],
    does: 'customNotice without a message is accepted and makes no event.',
    looksLike: 'An empty notice is thought to be useless.',
    gate: () =>
      changedRequest('customNotice', request =>
        request.message === undefined ? { ...request, operation: 'refresh', transcriptPosition: 0 } : request,
      ),
  },
  {
    name: 'custom-notice-is-a-message',
    rules: ['CV2-097'],
    does: 'customNotice makes a Message.',
    looksLike: 'Unknown kinds of events are mapped to the most general one.',
    gate: () =>
      changedRequest('customNotice', request => ({ ...request, operation: 'send', message: request.message ?? '' })),
  },
  {
    name: 'custom-notice-text-lost',
    rules: ['CV2-097'],
    does: 'A CustomNotice has no text.',
    looksLike: 'The text is looked for under another name of the field.',
    gate: () => changedRequest('customNotice', ({ message: _, ...request }) => request),
  },
  {
    name: 'update-data-replaces',
    rules: ['CV2-098'],
    does: 'updateData removes the keys that it does not name.',
    looksLike: 'The map is put in the place of the old one instead of into it.',
  },
  {
    name: 'update-data-keeps-first-values',
    rules: ['CV2-098'],
    does: 'updateData does not change a key that is there.',
    looksLike: 'The map is merged the wrong way round.',
    gate() {
      const known = new Map<string, Set<string>>()
      return {
        request(request) {
          const keys = known.get(request.chatId)
          if (request.operation !== 'updateData' || !keys) return request
          const added = Object.entries(request.userData ?? {}).filter(([key]) => !keys.has(key))
          for (const [key] of added) keys.add(key)
          return { ...request, userData: Object.fromEntries(added) }
        },
        outcome(request, outcome) {
          if (request.operation === 'requestChat' && outcome.kind === 'ok')
            known.set(outcome.chatId, new Set(Object.keys(request.userData ?? {})))
          return outcome
        },
      }
    },
  },
  {
    name: 'update-data-lost',
    rules: ['CV2-098'],
    does: 'updateData is accepted and changes nothing.',
    looksLike: 'The update is sent without being waited for, and fails.',
    gate: () => changedRequest('updateData', request => ({ ...request, userData: {} })),
  },
  {
    name: 'update-data-is-an-event',
    rules: ['CV2-098'],
    does: 'updateData adds a CustomNotice to the transcript.',
    looksLike: 'The update travels to the agent as a notice, which is stored with the others.',
    gate: () => changedRequest('updateData', request => ({ ...request, operation: 'customNotice' })),
  },
  {
    name: 'update-data-moves-position',
    rules: ['CV2-098', 'CV2-087'],
    does: 'The answer to updateData has a nextPosition that is one too high.',
    looksLike: 'The change of data takes an index in another part of the product.',
    gate: () => changedOutcome('updateData', outcome => ({ ...outcome, nextPosition: outcome.nextPosition + 1 })),
  },
  {
    name: 'empty-update-refused',
    rules: ['CV2-099'],
    does: 'updateData without data is refused.',
    looksLike: 'An update that changes nothing is taken for a mistake of the client.',
    gate: () =>
      changedRequest('updateData', request =>
        Object.keys(request.userData ?? {}).length === 0 ? { ...request, userId: '-' } : request,
      ),
  },
  {
    name: 'empty-update-attaches-null',
    rules: ['CV2-099'],
    does: 'updateData without data attaches a key "null".',
    looksLike: 'A missing map is printed instead of being left out.',
    gate: () =>
      changedRequest('updateData', request =>
        Object.keys(request.userData ?? {}).length === 0 ? { ...request, userData: { null: '' } } : request,
      ),
  },
  {
    name: 'goodbye-with-key',
    rules: ['CV2-100'],
    does: 'The answer to disconnect has a secureKey.',
    looksLike: 'All answers are made by one function, which always writes the tokens.',
    gate: () => ({ reply: changedAnswer('disconnect', body => ({ ...body, secureKey: '00112233445566778899' })) }),
  },
  {
    name: 'goodbye-not-ended',
    rules: ['CV2-100'],
    does: 'The answer to disconnect has chatEnded false.',
    looksLike: 'The flag is read before the party has left.',
    gate: () => ({ reply: changedAnswer('disconnect', body => ({ ...body, chatEnded: false })) }),
  },
  {
    name: 'goodbye-with-events',
    rules: ['CV2-100'],
    does: 'The answer to disconnect shows the own ParticipantLeft.',
    looksLike: 'The answer carries the event of the operation, as those of the other operations do.',
    gate: () => ({
      reply: changedAnswer('disconnect', body => {
        const from = { nickname: 'Ann Bee', participantId: 1, type: 'Client' }
        const index = Math.max(1, Number(body.nextPosition) - 1)
        return { ...body, messages: [{ from, index, type: 'ParticipantLeft', utcTime: 1_600_000_000_000 }] }
      }),
    }),
  },
  {
    name: 'tokens-outlive-goodbye',
    rules: ['CV2-101'],
    does: 'A refresh after disconnect is answered as if nothing had happened.',
    looksLike: 'The node answers from its cache of the session.',
    gate() {
      const known = rememberAnswers()
      return {
        outcome(request, outcome) {
          known.see(outcome)
          const isLate = request.operation === 'refresh' && outcome.kind === 'refused' && outcome.reason === 'over'
          const last = isLate ? known.of(request.chatId) : undefined
          return last ? { ...last, events: [] } : outcome
        },
      }
    },
  },
  {
    name: 'second-goodbye-accepted',
    rules: ['CV2-101'],
    does: 'A second disconnect succeeds like the first one.',
    looksLike: 'Disconnect was made idempotent for impatient clients.',
    gate() {
      const goodbyes = new Map<string, ChatOutcome>()
      return {
        outcome(request, outcome) {
          if (request.operation !== 'disconnect') return outcome
          if (outcome.kind === 'ok') goodbyes.set(request.chatId, outcome)
          return goodbyes.get(request.chatId) ?? outcome
        },
      }
    },
  },
  {
    name: 'typing-after-goodbye-retryable',
    rules: ['CV2-101'],
    does: 'Typing after disconnect is answered with statusCode 1.',
    looksLike: 'A session that is not found is taken for a connection that is lost.',
    gate: () => ({
      reply(reply, { operation }) {
        if (!/Typing$/.test(operation) || !reply.body.includes('"code":249')) return reply
        const body = reply.body.replace('"statusCode":2', '"statusCode":1')
        return { ...reply, body: body.replace('"chatEnded":true', '"chatEnded":false') }
      },
    }),
  },
  {
    name: 'goodbye-not-told',
    rules: ['CV2-102'],
    does: 'The agent gets a custom notice in the place of the ParticipantLeft of a customer who disconnected.',
    looksLike: 'The end is told to the workflow only.',
    gate: () => ({
      event(event) {
        if (event.type !== 'ParticipantLeft' || event.userData?.['quit-reason-code'] !== '0') return event
        const { userData: _, ...rest } = event
        return event.from.participantId === 1 ? { ...rest, type: 'CustomNotice' } : event
      },
    }),
  },
  {
    name: 'goodbye-of-the-agent',
    rules: ['CV2-102'],
    does: 'When the customer disconnects, the ParticipantLeft names the agent.',
    looksLike: 'The party is looked up by its place in a list from which the customer was removed before.',
    gate: () => ({
      event: event =>
        event.type === 'ParticipantLeft' && event.from.participantId === 1
          ? { ...event, from: { nickname: 'Bob', participantId: 2, type: 'Agent' } }
          : event,
    }),
  },
  {
    name: 'goodbye-is-a-timeout',
    rules: ['CV2-102'],
    does: 'A disconnect is told to the agent with quit reason 3.',
    looksLike: 'The node drops its connection, and the Chat Server takes that for inactivity.',
    gate: () => ({
      event: event =>
        event.userData?.['quit-reason-code'] === '0' && event.from.participantId === 1
          ? { ...event, userData: { 'quit-reason-code': '3' } }
          : event,
    }),
  },
  {
    name: 'any-key',
    rules: ['CV2-103', 'CS-015'],
    does: 'Any secureKey is accepted.',
    looksLike: 'The key is compared with the one that the client has just sent.',
  },
  {
    name: 'foreign-key-accepted',
    rules: ['CV2-103', 'CS-015'],
    does: 'The secureKey of any chat is accepted for every chat.',
    looksLike: 'The key is looked up in a table of valid keys, without its session.',
    gate() {
      const known = rememberAnswers()
      const keys = new Set<string>()
      return {
        request(request) {
          const own = known.of(request.chatId)
          return own && keys.has(request.secureKey) ? { ...request, secureKey: own.secureKey } : request
        },
        outcome(_request, outcome) {
          known.see(outcome)
          if (outcome.kind === 'ok' && outcome.secureKey) keys.add(outcome.secureKey)
          return outcome
        },
      }
    },
  },
  {
    name: 'key-compared-in-part',
    rules: ['CV2-103', 'CS-015'],
    does: 'The first 16 characters of a secureKey are compared, the rest is ignored.',
    looksLike: 'The column of the database is as wide as older keys were.',
    gate: () =>
      requestsOfKnownChats((request, { secureKey }) =>
        request.secureKey.startsWith(secureKey.slice(0, 16)) ? { ...request, secureKey } : request,
      ),
  },
  {
    name: 'wrong-key-is-harmless',
    rules: ['CV2-103', 'CS-015'],
    does: 'A wrong secureKey is refused, and the right one works afterwards.',
    looksLike: 'The node compares keys by itself and never asks the Chat Server.',
    gate: () =>
      requestsOfKnownChats((request, { secureKey }) =>
        request.secureKey === secureKey ? request : { ...request, userId: '-' },
      ),
  },
  {
    name: 'wrong-key-code-250',
    rules: ['CV2-103'],
    does: 'A wrong secureKey is answered with a code of its own.',
    looksLike: 'The code of the Chat Server is mapped one by one, which tells an attacker what was wrong.',
    gate() {
      const attacked = new Set<string>()
      return {
        outcome(request, outcome) {
          if (outcome.kind === 'refused' && outcome.reason === 'wrong-key') attacked.add(request.chatId)
          return outcome
        },
        reply(reply, { path }) {
          const isIt = [...attacked].some(chatId => path.includes(chatId))
          return isIt ? { ...reply, body: reply.body.replace('"code":249', '"code":250') } : reply
        },
      }
    },
  },
  {
    name: 'unknown-chat-404',
    rules: ['CV2-104'],
    does: 'An unknown chatId is answered 404.',
    looksLike: 'The chat is a resource of its path, and what is not there is Not Found.',
    gate: changedUnknownChat(() => ({
      status: 404,
      body: JSON.stringify({ errors: [{ code: 9004, advice: 'no such chat' }] }),
    })),
  },
  {
    name: 'unknown-chat-is-not-over',
    rules: ['CV2-104'],
    does: 'An unknown chatId is answered with chatEnded false.',
    looksLike: 'A session that is not known is not known to have ended.',
    gate: changedUnknownChat(body => ({
      status: 200,
      body: body.replace('"chatEnded":true', '"chatEnded":false'),
    })),
  },
  {
    name: 'unknown-chat-retryable',
    rules: ['CV2-104'],
    does: 'An unknown chatId is answered with statusCode 1.',
    looksLike: 'The node goes on hoping that a Chat Server restores the session.',
    gate: changedUnknownChat(body => ({
      status: 200,
      body: body.replace('"chatEnded":true', '"chatEnded":false').replace('"statusCode":2', '"statusCode":1'),
    })),
  },
  {
    name: 'any-user-id',
    rules: ['CV2-105'],
    does: 'The userId is not looked at.',
    looksLike: 'The key is thought to be enough, as in the CometD form.',
    gate: () => requestsOfKnownChats((request, { userId }) => ({ ...request, userId })),
  },
  {
    name: 'foreign-user-removes',
    rules: ['CV2-105'],
    does: 'A wrong userId removes the party, as a wrong key does.',
    looksLike: 'One branch handles all wrong tokens.',
    gate: () =>
      requestsOfKnownChats((request, { userId }) =>
        request.userId === userId ? request : { ...request, userId, secureKey: '-' },
      ),
  },
  {
    name: 'wrong-alias-refused',
    rules: ['CV2-106'],
    does: 'A request with another alias than that of the Chat Server is refused.',
    looksLike: 'The node asks the instance of the alias only.',
    gate() {
      const known = rememberAnswers()
      return {
        form(form, { chatId }) {
          const last = known.of(chatId)
          if (!last || form.get('alias') === last.alias) return form
          const changed = new URLSearchParams(form)
          changed.set('userId', '-')
          return changed
        },
        outcome(_request, outcome) {
          known.see(outcome)
          return outcome
        },
      }
    },
  },
  {
    name: 'alias-echoed',
    rules: ['CV2-106'],
    does: 'The answer has the alias of the request.',
    looksLike: 'The member is copied from the form.',
    gate() {
      const given = new Map<string, string>()
      return {
        form(form, { chatId }) {
          given.set(chatId, form.get('alias') ?? '')
          return form
        },
        outcome(request, outcome) {
          const alias = given.get(request.chatId)
          return outcome.kind === 'ok' && request.operation !== 'requestChat' && alias ? { ...outcome, alias } : outcome
        },
      }
    },
  },
  {
    name: 'receipt-swallowed',
    rules: ['CV2-107', 'CV2-142'],
    does: 'A read receipt is accepted and never seen by the agent.',
    looksLike: 'The operation exists for CometD, and over REST it only keeps the session alive.',
    gate: () => changedRequest('readReceipt', request => ({ ...request, operation: 'refresh', transcriptPosition: 0 })),
  },
  {
    name: 'receipt-one-too-low',
    rules: ['CV2-107', 'CV2-142'],
    does: 'A read receipt names the event before.',
    looksLike: 'The index is counted from zero inside.',
    gate: () =>
      changedRequest('readReceipt', request => ({ ...request, transcriptPosition: request.transcriptPosition! - 1 })),
  },
  {
    name: 'receipt-is-an-event',
    rules: ['CV2-107'],
    does: 'A read receipt is stored as a custom notice.',
    looksLike: 'The receipt travels as a notice, and all notices are stored.',
    gate: () =>
      changedRequest('readReceipt', ({ transcriptPosition: _, ...request }) => ({
        ...request,
        operation: 'customNotice',
      })),
  },
  {
    name: 'receipt-of-unknown-event-refused',
    rules: ['CV2-107'],
    does: 'A read receipt for an event that does not exist is refused.',
    looksLike: 'A lookup without result is an error.',
    gate: () =>
      requestsOfKnownChats((request, { nextPosition }) =>
        request.operation === 'readReceipt' && (request.transcriptPosition ?? 0) > nextPosition + 100
          ? { ...request, userId: '-' }
          : request,
      ),
  },
  {
    name: 'end-never-told',
    rules: ['CV2-108'],
    does: 'After the other side ended the chat the first refresh is fatal already.',
    looksLike: 'The session is deleted before the client has been told.',
    gate: () =>
      changedOutcome('refresh', outcome =>
        isOver(outcome) ? { kind: 'refused', reason: 'over', alias: outcome.alias, chatId: outcome.chatId } : outcome,
      ),
  },
  {
    name: 'end-told-forever',
    rules: ['CV2-108'],
    does: 'After the other side ended the chat each refresh succeeds with chatEnded true.',
    looksLike: 'Ended sessions are kept and answered like others, for hours.',
    gate() {
      const ends = new Map<string, ChatOutcome>()
      return {
        outcome(request, outcome) {
          if (request.operation !== 'refresh') return outcome
          if (isOver(outcome)) ends.set(outcome.chatId, { ...outcome, events: [] })
          return outcome.kind === 'refused' ? (ends.get(request.chatId) ?? outcome) : outcome
        },
      }
    },
  },
  {
    name: 'end-told-without-rest',
    rules: ['CV2-108', 'CV2-083', 'CV2-085'],
    does: 'The refresh that tells the end of a chat shows no events.',
    looksLike: 'The transcript is closed together with the session.',
    gate: () => changedOutcome('refresh', outcome => (isOver(outcome) ? { ...outcome, events: [] } : outcome)),
  },
  {
    name: 'end-is-not-an-end',
    rules: ['CV2-108'],
    does: 'The refresh after the end of a chat has chatEnded false.',
    looksLike: 'The flag is set by the own disconnect only.',
    gate: () => changedOutcome('refresh', outcome => ({ ...outcome, chatEnded: false })),
  },
])
