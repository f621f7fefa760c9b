import { changedOption, timesAsLong } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import { firstValue } from '../first-value.ts'
import type { FaultGate } from '../gate.ts'

const attempts = 'flex-push-resend-attempts'
const delay = 'flex-push-resend-delay'

/** A gate that ends the repetitions as many later or earlier. */
function moreAttempts(more: number): () => FaultGate {
  return () =>
    changedOption('settings', attempts, value => (value === undefined ? value : String(Math.max(0, +value + more))))
}

export const resend = conformFaults([
  {
    name: 'resend-delay-doubled',
    rules: ['CS-060'],
    does: 'A repetition comes after twice flex-push-resend-delay.',
    looksLike: 'The timer looks every delay whether the last notification is older than the delay.',
    gate: () => timesAsLong('settings', delay, 2),
  },
  {
    name: 'resend-a-second-early',
    rules: ['CS-060'],
    does: 'A repetition comes one second before flex-push-resend-delay has passed.',
    looksLike: 'Whole seconds are compared where the first one has begun already.',
    gate: () => changedOption('settings', delay, value => (value === undefined ? value : String(+value - 1))),
  },
  {
    name: 'repetitions-doubled',
    rules: ['CS-060', 'CS-062', 'CS-064'],
    does: 'Each repetition but the first comes twice.',
    looksLike: 'Each repetition starts a timer beside the one that repeats.',
    gate: () => ({ notice: notice => (notice.attempt > 1 ? [notice, notice] : [notice]) }),
  },
  {
    name: 'lost-repetition',
    rules: ['CS-060', 'CS-064'],
    does: 'The second repetition is not sent.',
    looksLike: 'The node takes a repetition for a duplicate of the one before.',
    gate: () => ({ notice: notice => (notice.attempt === 2 ? [] : [notice]) }),
  },
  {
    name: 'refresh-confirms-for-all',
    rules: ['CS-061', 'CS-060'],
    does: 'After the refresh of one session no session gets repetitions.',
    looksLike: 'The timer belongs to the server, not to the session.',
    gate() {
      let isConfirmed = false
      return {
        confirms() {
          isConfirmed = true
          return true
        },
        notice: notice => (isConfirmed && notice.attempt > 0 ? [] : [notice]),
      }
    },
  },
  {
    name: 'eleven-repetitions',
    rules: ['CS-062', 'CS-063'],
    does: 'One repetition more than flex-push-resend-attempts is sent.',
    looksLike: 'The limit is compared after the count was raised.',
    gate: moreAttempts(1),
  },
  {
    name: 'nine-repetitions',
    rules: ['CS-062'],
    does: 'One repetition less than flex-push-resend-attempts is sent.',
    looksLike: 'The first notification counts as an attempt.',
    gate: moreAttempts(-1),
  },
  {
    name: 'resend-without-end',
    rules: ['CS-062', 'CS-070'],
    does: 'Repetitions go on until a refresh comes.',
    looksLike: 'The number of attempts is not looked at.',
    gate: () => timesAsLong('settings', attempts, 1000),
  },
  {
    name: 'zero-attempts-is-default',
    rules: ['CS-063'],
    does: 'flex-push-resend-attempts=0 stands for the default.',
    looksLike: '0 is taken for "not set".',
    gate: () => changedOption('settings', attempts, value => (value === '0' ? '10' : value)),
  },
  {
    name: 'attempt-from-one',
    rules: ['CS-064'],
    does: 'The first notification has notify-attempt 1.',
    looksLike: 'The number is raised before it is written.',
    gate: () => ({
      notice: notice => [notice.form === 'trigger' ? { ...notice, attempt: notice.attempt + 1 } : notice],
    }),
  },
  {
    name: 'attempt-stays-zero',
    rules: ['CS-064'],
    does: 'Repetitions have notify-attempt 0 as well.',
    looksLike: 'The body of the first notification is kept and sent again.',
    gate: () => ({ notice: notice => [notice.form === 'trigger' ? { ...notice, attempt: 0 } : notice] }),
  },
  {
    name: 'position-of-the-event',
    rules: ['CS-065'],
    does: 'notify-position is the index of the event that caused the push.',
    looksLike: 'Nobody keeps how far the customer has read.',
    gate: () => ({
      notice: notice => [notice.notifyPosition > 0 ? { ...notice, notifyPosition: notice.index } : notice],
    }),
  },
  {
    name: 'position-always-one',
    rules: ['CS-065'],
    does: 'notify-position is always 1.',
    looksLike: 'A refresh of the customer is not noted in the session.',
    gate: () => ({ notice: notice => [notice.notifyPosition > 0 ? { ...notice, notifyPosition: 1 } : notice] }),
  },
  {
    name: 'removal-with-position',
    rules: ['CS-066', 'PUSH-057', 'PUSH-058'],
    does: 'The notice of the removal has a position like any other.',
    looksLike: 'The event of the removal is pushed like the others.',
    gate: () => ({
      notice: notice => [
        notice.notifyPosition === -1 ? { ...notice, notifyPosition: notice.index, chatEnded: false } : notice,
      ],
    }),
  },
  {
    name: 'removal-not-notified',
    rules: ['CS-066'],
    does: 'The removal of the customer is not pushed to reliable subscriptions.',
    looksLike: 'The subscription is deleted before the event is pushed.',
    gate: () => ({ notice: notice => (notice.notifyPosition === -1 ? [] : [notice]) }),
  },
  {
    name: 'any-request-confirms',
    rules: ['CS-067'],
    does: 'A message without transcriptPosition ends the resending.',
    looksLike: 'Each request of the customer counts as a sign of life and as a confirmation.',
    gate() {
      const confirmed = new Set<string>()
      return {
        request(request) {
          if (request.operation === 'send') confirmed.add(request.chatId)
          return request
        },
        notice(notice) {
          if (notice.attempt === 0) confirmed.delete(notice.chatId)
          return confirmed.has(notice.chatId) ? [] : [notice]
        },
      }
    },
  },
  {
    name: 'only-refresh-confirms',
    rules: ['CS-067'],
    does: 'Only a refresh ends the resending, other operations with a transcriptPosition do not.',
    looksLike: 'The confirmation hangs on the name of the operation.',
    gate() {
      let last = ''
      return {
        request(request) {
          last = request.operation
          return request
        },
        confirms: () => last === 'refresh',
      }
    },
  },
  {
    name: 'refresh-from-zero-ignored',
    rules: ['CS-068'],
    does: 'A refresh from 0 does not end the resending.',
    looksLike: 'What brings no events confirms none.',
    gate() {
      let isFromZero = false
      return {
        request(request) {
          isFromZero = request.transcriptPosition === 0
          return request
        },
        confirms: () => !isFromZero,
      }
    },
  },
  {
    name: 'event-waits-for-repetition',
    rules: ['CS-069'],
    does: 'While a notification waits for its refresh, further events are told by its repetition only.',
    looksLike: 'A session with an outstanding notification counts as notified.',
    gate() {
      const waiting = new Set<string>()
      return {
        request(request) {
          if (request.operation === 'refresh') waiting.delete(request.chatId)
          return request
        },
        notice(notice) {
          if (notice.form !== 'trigger' || notice.attempt > 0 || notice.notifyPosition < 0) return [notice]
          if (waiting.has(notice.chatId)) return []
          waiting.add(notice.chatId)
          return [notice]
        },
      }
    },
  },
  {
    name: 'further-event-keeps-count',
    rules: ['CS-069'],
    does: 'A further event goes on with the count of the notification that waits.',
    looksLike: 'The count belongs to the session and begins anew with a refresh only.',
    gate() {
      const counted = new Map<string, number>()
      return {
        request(request) {
          if (request.operation === 'refresh') counted.delete(request.chatId)
          return request
        },
        notice(notice) {
          if (notice.form !== 'trigger' || notice.notifyPosition < 0) return [notice]
          const attempt = (counted.get(notice.chatId) ?? -1) + 1
          counted.set(notice.chatId, attempt)
          return [{ ...notice, attempt }]
        },
      }
    },
  },
  {
    name: 'further-event-keeps-timer',
    rules: ['CS-069'],
    does: 'A further event is notified at once, but its wait ends with the one that is running.',
    looksLike: 'The timer is started when none runs, and not restarted.',
  },
  {
    name: 'resend-starts-over',
    rules: ['CS-070', 'CS-062'],
    does: 'After the last repetition the notification begins again with attempt 0.',
    looksLike: 'The end of the round leaves the session as if it had not been notified.',
  },
  {
    name: 'exhausted-for-good',
    rules: ['CS-070'],
    does: 'After the last repetition later events are not pushed any more.',
    looksLike: 'The device counts as unreachable until it is heard of.',
    gate() {
      const exhausted = new Set<string>()
      return {
        notice(notice) {
          if (exhausted.has(notice.chatId)) return []
          if (notice.attempt === 10) exhausted.add(notice.chatId)
          return [notice]
        },
      }
    },
  },
  {
    name: 'resend-options-of-the-start',
    rules: ['CS-071'],
    does: 'New values of flex-push-resend-delay and flex-push-resend-attempts have no effect.',
    looksLike: 'Both are read once, when the first push leaves.',
    gate: () => firstValue('settings', attempts, delay),
  },
  {
    name: 'running-wait-changes',
    rules: ['CS-071'],
    does: 'A wait that is running when flex-push-resend-delay becomes longer takes as long as the new value.',
    looksLike: 'A timer of one second looks how old the notification is.',
    gate() {
      let isChanged = false
      return {
        setting(_section, option, _value, outcome) {
          isChanged ||= option === delay
          return outcome
        },
        notice(notice) {
          // What would come at the end of the running wait is missing then.
          const isDue = isChanged && notice.attempt > 0
          if (isDue) isChanged = false
          return isDue ? [] : [notice]
        },
      }
    },
  },
  {
    name: 'failed-push-tried-again',
    rules: ['CS-072', 'PUSH-075'],
    does: 'A push that the receiver refused is sent three times more.',
    looksLike: 'The HTTP client is set up with retries.',
    gate() {
      const tries = new Map<string, number>()
      return {
        repeats(notice, status) {
          const key = `${notice.chatId} ${notice.index}`
          const tried = tries.get(key) ?? 0
          tries.set(key, tried + 1)
          return (status < 200 || status > 299) && tried < 3
        },
      }
    },
  },
  {
    name: 'unconfirmed-push-again',
    rules: ['CS-072'],
    does: 'The push before is sent once more with the next one of its session.',
    looksLike: 'What no refresh has confirmed is kept for all subscriptions, not only for reliable ones.',
    gate() {
      const last = new Map<string, Parameters<NonNullable<FaultGate['notice']>>[0]>()
      return {
        notice(notice) {
          if (notice.form !== 'event') return [notice]
          const before = last.get(notice.chatId)
          last.set(notice.chatId, notice)
          return before ? [before, notice] : [notice]
        },
      }
    },
  },
  {
    name: 'removal-notified-twice',
    rules: ['CS-073'],
    does: 'The notice with notify-position -1 comes twice.',
    looksLike: 'Both the removal and the end of the session send it.',
    gate: () => ({ notice: notice => (notice.notifyPosition === -1 ? [notice, notice] : [notice]) }),
  },
  {
    name: 'refused-removal-notified-again',
    rules: ['CS-073'],
    does: 'The notice with notify-position -1 is sent again when the receiver refused it.',
    looksLike: 'The last notice of a session is made safe in the node, since Chat Server forgets the session.',
    gate() {
      const again = new Set<string>()
      return {
        repeats(notice, status) {
          if (notice.notifyPosition !== -1 || status < 300 || again.has(notice.chatId)) return false
          again.add(notice.chatId)
          return true
        },
      }
    },
  },
])
