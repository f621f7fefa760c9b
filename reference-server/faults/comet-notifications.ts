import { type Distribution, sample } from '../../protocol/distribution.ts'
import { changedNotification, eventsOf, type Json } from './cometd/changed-chat.ts'
import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'

/** Notifications whose loss, repetition or change of place is plainly visible: those of a text message. */
const isMessage = (data: Json) => eventsOf(data)[0]?.type === 'Message'

const nth = { arguments: `nth=${defaultNth}`, modes: ['comet'] } as const

export const dropNotification: FaultDefinition = {
  ...nth,
  name: 'drop-notification',
  does: 'The CometD notification of one message is never sent.',
  looksLike: 'It is written into a connection that has just gone.',
  rules: ['notifications_lost'],
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return changedNotification(data => (isMessage(data) && isIt() ? [] : [data]))
  },
}

export const doubleNotification: FaultDefinition = {
  ...nth,
  name: 'double-notification',
  does: 'The CometD notification of one message is sent twice.',
  looksLike: 'A message stays in the queue after it was written.',
  rules: ['CV2-119'],
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return changedNotification(data => (isMessage(data) && isIt() ? [data, data] : [data]))
  },
}

export const swapNotification: FaultDefinition = {
  ...nth,
  name: 'swap-notification',
  does: 'The CometD notification of one message leaves behind the next one of the same session.',
  looksLike: 'Two threads take from one queue.',
  rules: ['CV2-119'],
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    let held: { data: Json; clientId: string } | undefined
    return changedNotification((data, { clientId }) => {
      if (held?.clientId === clientId) {
        const swapped = [data, held.data]
        held = undefined
        return swapped
      }
      if (!isMessage(data) || !isIt()) return [data]
      held = { data, clientId }
      return []
    })
  },
}

const defaultShare = 0.02
const defaultDelay: Distribution = { kind: 'const', valueMs: 2000 }

/** With a share of 100% and a constant time all are as late as is known beforehand. */
function lateOnes(what: 'notification' | 'resume'): Pick<FaultDefinition, 'arguments' | 'modes' | 'plant'> {
  return {
    arguments: '2%,2s',
    modes: ['comet'],
    plant(args, random) {
      const share = args.share(0, defaultShare)
      const delay = args.durations(1, defaultDelay)
      return {
        lateOverComet: each => (each === what && random.next() < share ? sample(delay, random.next) : undefined),
      }
    },
  }
}

export const lateNotification: FaultDefinition = {
  ...lateOnes('notification'),
  name: 'late-notification',
  does: 'A share of the CometD notifications waits in the node before it is delivered; the time may be a distribution.',
  looksLike: 'The thread that delivers stalls now and then.',
  rules: ['notification_latency'],
}

export const lateResume: FaultDefinition = {
  ...lateOnes('resume'),
  name: 'late-resume',
  does: 'A share of the requestNotifications from a position behind the first waits in the node before it is served.',
  looksLike: 'A session that comes back is looked up in a slow store.',
  rules: ['resume_latency'],
}
