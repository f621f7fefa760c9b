import type { PushNotice } from '../../messages.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

/** A gate that changes the shutdown advice; undefined = it is not sent. */
function changedAdvice(change: (advice: PushNotice) => PushNotice | undefined): () => FaultGate {
  return () => ({
    notice(notice) {
      if (notice.form !== 'advice') return [notice]
      const changed = change(notice)
      return changed ? [changed] : []
    },
  })
}

export const shutdown = conformFaults([
  {
    name: 'stop-without-advice',
    rules: ['CS-100'],
    does: 'shutdown-notify-flex-push=1 has no effect.',
    looksLike: 'The connections to the nodes are closed before the advice is written.',
    gate: changedAdvice(() => undefined),
  },
  {
    name: 'advice-for-the-first-session',
    rules: ['CS-100'],
    does: 'One session is advised, the others are not.',
    looksLike: 'The process ends as soon as the first advice is out.',
    gate() {
      let isOut = false
      return {
        notice(notice) {
          if (notice.form !== 'advice') return [notice]
          const sent = isOut ? [] : [notice]
          isOut = true
          return sent
        },
      }
    },
  },
  {
    name: 'advice-with-payload-only',
    rules: ['CS-100', 'PUSH-061'],
    does: 'Sessions with a reliable subscription get no advice.',
    looksLike: 'The advice is no trigger, and reliable subscriptions get nothing else.',
    gate: changedAdvice(advice => (Object.keys(advice.content).length > 0 ? undefined : advice)),
  },
  {
    name: 'advice-of-the-agent',
    rules: ['CS-100'],
    does: 'The participant of the advice is 2.',
    looksLike: 'The advice names the party that the server removes first.',
    gate: changedAdvice(advice => ({
      ...advice,
      event: { ...advice.event!, from: { ...advice.event!.from, participantId: 2, type: 'Agent' } },
    })),
  },
  {
    name: 'advice-as-quit-reason',
    rules: ['CS-101', 'CS-100', 'PUSH-043'],
    does: 'The advice has quit-reason-code 5 instead of quit-reason-advice.',
    looksLike: 'A stop is a removal by the server for the code that writes the event.',
    gate: changedAdvice(advice => ({ ...advice, event: { ...advice.event!, userData: { 'quit-reason-code': '5' } } })),
  },
  {
    name: 'advice-ends-chat',
    rules: ['CS-101'],
    does: 'The push with the advice has chatEnded true.',
    looksLike: 'ParticipantLeft of participant 1 sets chatEnded wherever it is pushed.',
    gate: changedAdvice(advice => ({ ...advice, chatEnded: true })),
  },
  {
    name: 'advice-without-nickname',
    rules: ['CS-101'],
    does: 'The sender of the advice has an empty nickname.',
    looksLike: 'The advice is made without the session at hand.',
    gate: changedAdvice(advice => ({
      ...advice,
      event: { ...advice.event!, from: { ...advice.event!.from, nickname: '' } },
    })),
  },
  {
    name: 'advice-by-default',
    rules: ['CS-102'],
    does: 'An orderly stop sends the advice whatever shutdown-notify-flex-push says.',
    looksLike: 'The option is looked for under another name, and its default is on.',
    gate: () => changedOption('settings', 'shutdown-notify-flex-push', () => '1'),
  },
  {
    name: 'crash-sends-advice',
    rules: ['CS-103'],
    does: 'An instance that crashes still sends its advice.',
    looksLike: 'A handler of the fatal signal does what an orderly stop does.',
  },
  {
    name: 'advice-twice',
    rules: ['CS-104', 'CS-100'],
    does: 'Each advice is sent twice.',
    looksLike: 'Both the control layer and the server itself begin the stop.',
    gate: () => ({ notice: notice => (notice.form === 'advice' ? [notice, notice] : [notice]) }),
  },
  {
    name: 'refused-advice-again',
    rules: ['CS-104'],
    does: 'An advice that the receiver refused is sent again.',
    looksLike: 'The advice counts as too important to be lost.',
    gate() {
      const again = new Set<string>()
      return {
        repeats(notice, status) {
          if (notice.form !== 'advice' || status < 300 || again.has(notice.chatId)) return false
          again.add(notice.chatId)
          return true
        },
      }
    },
  },
  {
    name: 'advice-takes-an-index',
    rules: ['CS-104'],
    does: 'The advice is stored as an event and takes the next index.',
    looksLike: 'It goes the way of all ParticipantLeft events.',
    gate: changedAdvice(advice => ({
      ...advice,
      index: advice.index + 1,
      event: { ...advice.event!, index: advice.event!.index + 1 },
      nextPosition: advice.nextPosition + 1,
    })),
  },
  {
    name: 'advice-in-transcript',
    rules: ['CS-104'],
    does: 'Before the advice the customer leaves in the transcript.',
    looksLike: 'The advice goes the way of a removal, which the restoration then finds.',
  },
  {
    name: 'stop-goes-on-serving',
    rules: ['CS-106'],
    does: 'An instance that was told to stop goes on and takes new sessions.',
    looksLike: 'The stop waits until the last session is over.',
  },
])
