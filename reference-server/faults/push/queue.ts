import type { PushNotice } from '../../messages.ts'
import { timesAsLong } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

export const queue = conformFaults([
  {
    name: 'lane-for-each-kind',
    rules: ['PUSH-070'],
    does: 'Reliable pushes have a connection of their own beside that of the others.',
    looksLike: 'Each body mode is sent by a client of its own.',
    gate() {
      let isMixed = false
      return {
        notice(notice) {
          isMixed ||= notice.form === 'trigger'
          return [notice]
        },
        lanes: () => (isMixed ? 2 : 1),
      }
    },
  },
  {
    name: 'pipelined-posts',
    rules: ['PUSH-071', 'PUSH-070'],
    does: 'A node begins a POST while the two before it are not answered.',
    looksLike: 'The HTTP client has a pool of connections, and nobody waits for the answer.',
    gate: () => ({ lanes: () => 3 }),
  },
  {
    name: 'rate-of-two-connections',
    rules: ['PUSH-072'],
    does: 'A node delivers twice as many pushes as the answer time of the receiver allows.',
    looksLike: 'A second worker takes from the queue when it grows.',
    gate: () => ({ lanes: () => 2 }),
  },
  {
    name: 'nodes-wait-for-each-other',
    rules: ['PUSH-073'],
    does: 'A node begins no POST while another node waits for an answer.',
    looksLike: 'The nodes of a cluster share one lock.',
    gate() {
      let inFlight = 0
      return {
        post(post) {
          inFlight += 1
          return post
        },
        repeats() {
          inFlight -= 1
          return false
        },
        lanes: () => (inFlight > 0 ? 0 : 1),
      }
    },
  },
  {
    name: 'newer-session-first',
    rules: ['PUSH-074'],
    does: 'A push leaves after the next one of another session.',
    looksLike: 'The queue is a list of sessions, and the session that was notified last comes first.',
    gate() {
      let held: PushNotice | undefined
      return {
        notice(notice) {
          if (notice.eventType !== 'Message') return [notice]
          const before = held
          if (before && before.chatId !== notice.chatId) {
            held = undefined
            return [notice, before]
          }
          held = notice
          return before ? [before] : []
        },
      }
    },
  },
  {
    name: 'failed-post-again',
    rules: ['PUSH-075'],
    does: 'A POST that was answered with an error is sent once more.',
    looksLike: 'The HTTP client retries by itself.',
    gate: () => {
      const repeated = new Set<string>()
      return {
        repeats(notice, status) {
          const key = `${notice.chatId} ${notice.index}`
          if (status === 200 || repeated.has(key)) return false
          repeated.add(key)
          return true
        },
      }
    },
  },
  {
    name: 'broken-post-again',
    rules: ['PUSH-075'],
    does: 'A POST whose connection was closed without an answer is sent once more.',
    looksLike: 'The HTTP client takes a closed connection for one that was idle for too long.',
    gate: () => {
      const repeated = new Set<string>()
      return {
        repeats(notice, status) {
          const key = `${notice.chatId} ${notice.index}`
          if (status !== 0 || repeated.has(key)) return false
          repeated.add(key)
          return true
        },
      }
    },
  },
  {
    name: 'receiver-waited-for',
    rules: ['PUSH-076'],
    does: 'A POST that nobody answers holds up its node for minutes.',
    looksLike: 'The HTTP client has no timeout, the connection has one.',
    gate: () => timesAsLong('refserver', 'customhttp-timeout-ms', 100),
  },
  {
    name: 'timeout-of-a-second',
    rules: ['PUSH-076'],
    does: 'A POST is given up after one second.',
    looksLike: 'The timeout for the connection is applied to the answer.',
    gate: () => timesAsLong('refserver', 'customhttp-timeout-ms', 0.2),
  },
  {
    name: 'repetitions-overtake',
    rules: ['PUSH-077'],
    does: 'Repetitions are sent beside the queue.',
    looksLike: 'The timer of the repetitions posts by itself.',
    gate() {
      let isRepeating = false
      return {
        notice(notice) {
          isRepeating ||= notice.attempt > 0
          return [notice]
        },
        lanes: () => (isRepeating ? 2 : 1),
      }
    },
  },
  {
    name: 'queue-gauges-stay-zero',
    rules: ['PUSH-078'],
    does: 'The gauges show an empty queue at all times.',
    looksLike: 'They are read from a copy that was made at the start.',
  },
])
