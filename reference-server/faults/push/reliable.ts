import type { ChatEvent } from '../../../protocol/chat/event.ts'
import type { PushNotice } from '../../messages.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

interface PushedBody {
  message: { messages: [ChatEvent]; [member: string]: unknown }
  deviceId: string
}

/** A gate that changes the carrier event of reliable pushes. */
function changedCarrier(change: (event: ChatEvent, notice: PushNotice) => object): () => FaultGate {
  return () => ({
    body(body, notice) {
      if (notice.form !== 'trigger') return body
      const { message, deviceId } = body as PushedBody
      return { message: { ...message, messages: [change(message.messages[0], notice)] }, deviceId }
    },
  })
}

/** A gate that changes notices of reliable delivery before they go to a node. */
function changedTrigger(change: (notice: PushNotice) => PushNotice): () => FaultGate {
  return () => ({ notice: notice => [notice.form === 'trigger' ? change(notice) : notice] })
}

export const reliable = conformFaults([
  {
    name: 'refresh-confirms-one-push',
    rules: ['PUSH-050'],
    does: 'A refresh ends the repetition of one push, others that are outstanding go on.',
    looksLike: 'Each notification has a timer, and the refresh stops the one that it finds first.',
    gate() {
      const outstanding = new Map<string, number>()
      return {
        notice(notice) {
          if (notice.attempt === 0) outstanding.set(notice.chatId, (outstanding.get(notice.chatId) ?? 0) + 1)
          return [notice]
        },
        confirms(chatId) {
          const left = (outstanding.get(chatId) ?? 1) - 1
          outstanding.set(chatId, left)
          return left === 0
        },
      }
    },
  },
  {
    name: 'carrier-of-the-customer',
    rules: ['PUSH-051'],
    does: 'The participant of a reliable push is 1.',
    looksLike: 'The carrier event is made for the party that is to be notified.',
    gate: changedCarrier(event => ({ ...event, from: { ...event.from, participantId: 1 } })),
  },
  {
    name: 'carrier-as-notice',
    rules: ['PUSH-051'],
    does: 'A reliable push has an event of type CustomNotice.',
    looksLike: 'The carrier got a type that does nothing in clients.',
    gate: changedCarrier(event => ({ ...event, type: 'CustomNotice' })),
  },
  {
    name: 'carrier-of-the-event-type',
    rules: ['PUSH-051'],
    does: 'A reliable push has the type of the event that it announces.',
    looksLike: 'The carrier is a copy of the event without its text.',
    gate: changedCarrier((event, notice) => ({ ...event, type: notice.eventType })),
  },
  {
    name: 'reliable-push-with-preview',
    rules: ['PUSH-052'],
    does: 'A reliable push has the beginning of the last text beside its event.',
    looksLike: 'A preview for notifications on the device was added to the body.',
    gate() {
      let text = ''
      return {
        event(event) {
          if (event.text) text = event.text
          return event
        },
        body(body, notice) {
          if (notice.form !== 'trigger') return body
          const { message, deviceId } = body as PushedBody
          return { message: { ...message, preview: text.slice(0, 20) }, deviceId }
        },
      }
    },
  },
  {
    name: 'reliable-push-names-sender',
    rules: ['PUSH-052', 'PUSH-059'],
    does: 'The carrier event has the nickname of the one who acted.',
    looksLike: 'Only the text was taken out of the event.',
    gate() {
      let nickname = ''
      return {
        event(event) {
          nickname = event.from.nickname
          return event
        },
        body: (body, notice) =>
          changedCarrier(event => ({ ...event, from: { ...event.from, nickname } }))().body!(body, notice),
      }
    },
  },
  {
    name: 'carrier-in-transcript',
    rules: ['PUSH-053', 'CV2-053'],
    does: 'A refresh of a session with a reliable subscription shows the carrier events.',
    looksLike: 'The notification is written into the transcript to be pushed from there.',
    gate() {
      const notified = new Set<string>()
      return {
        notice(notice) {
          if (notice.form === 'trigger') notified.add(notice.chatId)
          return [notice]
        },
        outcome(request, outcome) {
          if (outcome.kind !== 'ok' || request.operation !== 'refresh' || !notified.has(outcome.chatId)) return outcome
          const last = outcome.events.at(-1)
          if (!last) return outcome
          const from = { nickname: '', participantId: 0, type: 'Client' as const }
          const carrier: ChatEvent = {
            ...last,
            from,
            index: last.index + 1,
            type: 'PushUrl',
            text: 'PUSH-NOTIFICATION',
          }
          return { ...outcome, events: [...outcome.events, carrier], nextPosition: outcome.nextPosition + 1 }
        },
      }
    },
  },
  {
    name: 'attempt-as-number',
    rules: ['PUSH-054'],
    does: 'notify-attempt is a JSON number.',
    looksLike: 'The value is passed on with the type that it has in the server.',
    gate: changedCarrier((event, { attempt }) => ({
      ...event,
      userData: { ...event.userData, 'notify-attempt': attempt },
    })),
  },
  {
    name: 'position-with-leading-zeros',
    rules: ['PUSH-054', 'CS-065'],
    does: 'notify-position is written with leading zeros.',
    looksLike: 'It is formatted like the other identifiers.',
    gate: changedCarrier((event, { notifyPosition }) => ({
      ...event,
      userData: { ...event.userData, 'notify-position': String(notifyPosition).padStart(4, '0') },
    })),
  },
  {
    name: 'no-attempt-in-first-push',
    rules: ['PUSH-054'],
    does: 'The first notification has no notify-attempt.',
    looksLike: '0 is taken for "nothing to be said".',
    gate: changedCarrier((event, { attempt }) => {
      const { 'notify-attempt': _, ...rest } = event.userData ?? {}
      return attempt === 0 ? { ...event, userData: rest } : event
    }),
  },
  {
    name: 'content-always-whole',
    rules: ['PUSH-055', 'PUSH-060'],
    does: 'Reliable pushes have all four content members whatever flex-push-content says.',
    looksLike: 'The option is read from another section.',
    gate: () => changedOption('settings', 'flex-push-content', () => 'app-dbid,secure-key,session-id,user-id'),
  },
  {
    name: 'content-of-two-members',
    rules: ['PUSH-055', 'PUSH-056'],
    does: 'Reliable pushes have session-id and user-id whatever flex-push-content says.',
    looksLike: 'The option came in a later version, the two members were there before.',
    gate: () => changedOption('settings', 'flex-push-content', () => 'session-id,user-id'),
  },
  {
    name: 'no-content-by-default',
    rules: ['PUSH-055'],
    does: 'Without flex-push-content reliable pushes have no content members.',
    looksLike: 'The default of the option is empty.',
    gate: () =>
      changedOption('settings', 'flex-push-content', value => (value === 'session-id,user-id' ? '' : (value ?? ''))),
  },
  {
    name: 'key-for-cometd-in-push',
    rules: ['PUSH-056'],
    does: 'secure-key in the userData is the opaque key for CometD.',
    looksLike: 'GMS fills in the key, and knows only the one that it makes itself.',
    gate: () => ({
      body(body, notice) {
        const { message } = body as PushedBody
        const change = changedCarrier(event => ({
          ...event,
          userData: { ...event.userData, 'secure-key': String(message.secureKey) },
        }))
        return change().body!(body, notice)
      },
    }),
  },
  {
    name: 'content-of-another-session',
    rules: ['PUSH-056'],
    does: 'The key in a push is that of the session before.',
    looksLike: 'The content members are kept in one place for all sessions.',
    gate() {
      let before = ''
      return {
        outcome(request, outcome) {
          if (request.operation === 'requestChat' && outcome.kind === 'ok') before ||= outcome.secureKey ?? ''
          return outcome
        },
        notice: notice => [
          notice.content['secure-key'] === undefined || before === ''
            ? notice
            : { ...notice, content: { ...notice.content, 'secure-key': before } },
        ],
      }
    },
  },
  {
    name: 'any-departure-is-removal',
    rules: ['PUSH-057', 'CS-073', 'CS-066'],
    does: 'When an agent leaves, notify-position is -1.',
    looksLike: 'ParticipantLeft is taken for the end without a look at the participant.',
    gate: changedTrigger(notice =>
      notice.eventType === 'ParticipantLeft' ? { ...notice, notifyPosition: -1 } : notice,
    ),
  },
  {
    name: 'minus-one-only-at-the-end',
    rules: ['PUSH-057', 'CS-066', 'PUSH-058'],
    does: 'notify-position is -1 only when the session is over, not when the customer alone is removed.',
    looksLike: 'The last notification of a session is made where the session ends.',
    gate: changedTrigger(notice =>
      notice.notifyPosition === -1 && !notice.chatEnded ? { ...notice, notifyPosition: notice.index } : notice,
    ),
  },
  {
    name: 'removal-ends-session',
    rules: ['PUSH-058'],
    does: 'chatEnded is true in the last push also when the agent stays in the session.',
    looksLike: 'notify-position -1 and chatEnded are set together.',
    gate: changedTrigger(notice => (notice.notifyPosition === -1 ? { ...notice, chatEnded: true } : notice)),
  },
  {
    name: 'end-not-told-in-push',
    rules: ['PUSH-058'],
    does: 'chatEnded is false in the last push of a session that is over.',
    looksLike: 'The push is made before the session is closed.',
    gate: changedTrigger(notice => ({ ...notice, chatEnded: false })),
  },
  {
    name: 'carrier-with-index',
    rules: ['PUSH-059'],
    does: 'The carrier event has the index of the event that it announces.',
    looksLike: 'The carrier is a copy of the event without its text.',
    gate: changedCarrier((event, { index }) => ({ ...event, index })),
  },
  {
    name: 'carrier-text-in-lower-case',
    rules: ['PUSH-059'],
    does: 'The text of the carrier event is "push-notification".',
    looksLike: 'The constant was retyped.',
    gate: changedCarrier(event => ({ ...event, text: 'push-notification' })),
  },
  {
    name: 'carrier-of-the-system',
    rules: ['PUSH-059'],
    does: 'The sender of the carrier event has the type External.',
    looksLike: 'It is made like the notices of the server itself.',
    gate: changedCarrier(event => ({ ...event, from: { ...event.from, type: 'External' } })),
  },
  {
    name: 'content-of-first-notification',
    rules: ['PUSH-060'],
    does: 'A repetition has the content members of the first notification, whatever flex-push-content says meanwhile.',
    looksLike: 'The body is kept and sent again with another attempt.',
    gate() {
      const first = new Map<string, Record<string, string>>()
      return {
        notice(notice) {
          if (notice.form !== 'trigger') return [notice]
          if (notice.attempt === 0) first.set(notice.chatId, notice.content)
          return [{ ...notice, content: first.get(notice.chatId) ?? notice.content }]
        },
      }
    },
  },
  {
    name: 'advice-as-trigger',
    rules: ['PUSH-061', 'CS-100'],
    does: 'A reliable subscription gets the shutdown advice as a trigger.',
    looksLike: 'Whatever goes to a reliable subscription is made a PushUrl of participant 0.',
    gate: () => ({
      notice: notice => [
        notice.form === 'advice' && Object.keys(notice.content).length > 0
          ? { ...notice, form: 'trigger', notifyPosition: notice.nextPosition - 1 }
          : notice,
      ],
    }),
  },
  {
    name: 'advice-without-content',
    rules: ['PUSH-061'],
    does: 'The shutdown advice has no content members.',
    looksLike: 'Content members are added where triggers are made.',
    gate: () => ({ notice: notice => [notice.form === 'advice' ? { ...notice, content: {} } : notice] }),
  },
])
