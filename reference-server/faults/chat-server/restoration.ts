import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

export const restoration = conformFaults([
  {
    name: 'everybody-restores',
    rules: ['CS-080', 'CS-089', 'OPT-040'],
    does: 'Agents and the workflow restore a session whatever session-restore-extend-by says.',
    looksLike: 'The stored transcript is loaded by whoever asks for it.',
  },
  {
    name: 'transcript-begins-at-restoration',
    rules: ['CS-081', 'CV2-083'],
    does: 'After a restoration a refresh shows only what has happened since.',
    looksLike: 'The session goes on with the next index, and its history stays in the store.',
    gate() {
      const last = new Map<string, { alias: string; nextPosition: number; from: number }>()
      return {
        outcome(_request, outcome) {
          if (outcome.kind !== 'ok') return outcome
          const { alias, chatId, nextPosition } = outcome
          const known = last.get(chatId)
          const from = known === undefined || known.alias === alias ? (known?.from ?? 1) : known.nextPosition
          last.set(chatId, { alias, nextPosition, from })
          return { ...outcome, events: outcome.events.filter(({ index }) => index >= from) }
        },
      }
    },
  },
  {
    name: 'old-alias-for-ever',
    rules: ['CS-082', 'CV2-106'],
    does: 'Answers have the alias of the instance on which the chat began, wherever it is now.',
    looksLike: 'The alias is stored with the session.',
    gate() {
      const first = new Map<string, string>()
      return {
        outcome(_request, outcome) {
          if (outcome.kind !== 'ok') return outcome
          const alias = first.get(outcome.chatId) ?? outcome.alias
          first.set(outcome.chatId, alias)
          return { ...outcome, alias }
        },
      }
    },
  },
  {
    name: 'dead-alias-refused',
    rules: ['CS-081', 'CS-083', 'CV2-106'],
    does: 'A request whose alias is that of an instance which does not run is refused as fatal.',
    looksLike: 'The node looks for the instance, not for the session.',
  },
  {
    name: 'key-kept-at-restoration',
    rules: ['CS-084'],
    does: 'A restoration keeps the secure key.',
    looksLike: 'The key is part of what is stored, and nobody makes another.',
  },
  {
    name: 'old-key-dies-at-once',
    rules: ['CS-084'],
    does: 'The key from before a restoration works no more once the new one has been made.',
    looksLike: 'One key a session: the grace for requests on their way was forgotten.',
    gate: () => changedOption('refserver', 'secure-key-grace', () => '0'),
  },
  {
    name: 'old-key-outlives-grace',
    rules: ['CS-084'],
    does: 'The key from before a restoration works for a day.',
    looksLike: 'The grace is configured in milliseconds and read as seconds.',
    gate: () => changedOption('refserver', 'secure-key-grace', () => '86400'),
  },
  {
    name: 'restoration-reuses-index',
    rules: ['CS-085', 'CS-088', 'CS-081'],
    does: 'The first event after a restoration takes the index of the last one before it.',
    looksLike: 'The number of stored events is taken for the next index: an error by one.',
  },
  {
    name: 'agent-never-left',
    rules: ['CS-086'],
    does: 'A restoration drops the other parties without an event.',
    looksLike: 'The list of parties starts empty; the transcript is not normalised.',
  },
  {
    name: 'restored-without-reason-8',
    rules: ['CS-086'],
    does: 'Parties removed by a restoration have left with reason 0.',
    looksLike: 'The routine of an ordinary leave is used.',
  },
  {
    name: 'agent-shut-out-after-restoration',
    rules: ['CS-087'],
    does: 'Nobody can join a session that was restored.',
    looksLike: 'The interaction is not updated with the new location; the desktop asks the old one.',
  },
  {
    name: 'stored-now-and-then',
    rules: ['CS-088', 'CS-081', 'CS-085'],
    does: 'The store is written with every tenth event.',
    looksLike: 'Writes are gathered for the throughput of the database.',
  },
  {
    name: 'failed-write-forgotten',
    rules: ['CS-088', 'CS-081', 'CS-085', 'CV2-087'],
    does: 'What the store could not take is not written again.',
    looksLike: 'The error is logged, and the position of the last write moves on.',
  },
  {
    name: 'save-on-error-ignored',
    rules: ['OPT-043'],
    does: 'transcript-save-on-error=close has no effect.',
    looksLike: 'The option of an older version is not looked at.',
    gate: () => changedOption('settings', 'transcript-save-on-error', () => ''),
  },
  {
    name: 'extend-by-ignored',
    rules: ['CS-089', 'OPT-040'],
    does: 'Only the client restores a session, whatever session-restore-extend-by says.',
    looksLike: 'Chat Server before 8.5.312.10.',
    gate: () => changedOption('settings', 'session-restore-extend-by', () => 'none'),
  },
  {
    name: 'extend-by-one-means-both',
    rules: ['CS-089', 'OPT-040'],
    does: 'session-restore-extend-by=agent and =esp both mean both.',
    looksLike: 'The option is read as a switch.',
    gate: () => changedOption('settings', 'session-restore-extend-by', value => (value === 'none' ? value : 'both')),
  },
  {
    name: 'push-send-always',
    rules: ['CS-090', 'OPT-041'],
    does: 'Pushes go on after a restoration by an agent without session-restore-push-send.',
    looksLike: 'The subscription is restored with everything else.',
    gate: () => changedOption('settings', 'session-restore-push-send', () => 'true'),
  },
  {
    name: 'push-send-ignored',
    rules: ['CS-090', 'OPT-041'],
    does: 'session-restore-push-send has no effect.',
    looksLike: 'Chat Server before 8.5.315.05.',
    gate: () => changedOption('settings', 'session-restore-push-send', () => 'false'),
  },
  {
    name: 'subscription-not-restored',
    rules: ['CS-091'],
    does: 'A session restored by its client has no push subscription.',
    looksLike: 'The subscription belongs to the connection that asked for it.',
  },
  {
    name: 'idle-timer-starts-anew',
    rules: ['CS-092'],
    does: 'A restoration starts the async idle timer anew.',
    looksLike: 'All timers are armed when the session is loaded; a server that fails daily closes nothing.',
  },
  {
    name: 'no-instance-is-fatal',
    rules: ['CS-093'],
    does: 'While no Chat Server runs a request is answered with statusCode 2.',
    looksLike: 'A session that cannot be found is taken for one that does not exist; clients give up.',
  },
  {
    name: 'join-not-stored',
    rules: ['CS-094'],
    does: 'A session is stored with its second event.',
    looksLike: 'The store is written when a message is submitted, and a join is none.',
  },
  {
    name: 'returned-instance-reclaims',
    rules: ['CS-095'],
    does: 'An instance that comes back takes a session away from the one that restored it when it is asked for it.',
    looksLike: 'Whoever does not know a session loads it; two instances then have it.',
  },
  {
    name: 'limit-refuses-restoration',
    rules: ['CS-124'],
    does: 'An instance at its load limit restores nothing.',
    looksLike: 'A restored session is counted, and refused, as a new one.',
  },
  {
    name: 'always-restorable',
    rules: ['OPT-042'],
    does: 'Sessions are stored and restored whatever the options say.',
    looksLike: 'The options are those of an older version and are not looked at.',
    gate: () => ({
      option(_section, option, value) {
        if (option === 'session-restoration-mode') return 'simple'
        return option === 'transcript-auto-save' ? '1' : value
      },
    }),
  },
  {
    name: 'ping-after-advice-refused',
    rules: ['CS-105', 'CS-081', 'CS-083', 'CS-088', 'CS-094'],
    does: 'What is stored is removed when an instance stops: a ping that answers its advice is fatal.',
    looksLike: 'An orderly stop ends the sessions, and the advice is a courtesy.',
    gate() {
      const owners = new Map<string, string>()
      return {
        outcome(_request, outcome) {
          if (outcome.kind !== 'ok') return outcome
          const owner = owners.get(outcome.chatId) ?? outcome.alias
          owners.set(outcome.chatId, owner)
          const { chatId } = outcome
          return owner === outcome.alias ? outcome : { kind: 'refused', reason: 'over', alias: outcome.alias, chatId }
        },
      }
    },
  },
])
