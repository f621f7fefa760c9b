import type { ChatEvent } from '../../../protocol/chat/event.ts'
import { changedOption } from '../changed-option.ts'
import { changedRequest } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'

export const nodeAssociation = conformFaults([
  {
    name: 'node-for-each-notice',
    rules: ['CS-050'],
    does: 'Each notification of a session goes to the next node.',
    looksLike: 'The nodes are balanced by notification: two queues, and the order of a session is gone.',
  },
  {
    name: 'node-for-ever',
    rules: ['CS-050'],
    does: 'A session whose node stopped is not given another one.',
    looksLike: 'The association is part of the subscription and changes with it only.',
  },
  {
    name: 'no-cluster-name-of-gms',
    rules: ['CS-051', 'CS-054'],
    does: 'Without GCTI_GMS_NodeGroup a session has no cluster.',
    looksLike: 'GMS before 8.5.213.03.',
    gate: () => changedRequest('requestChat', request => ({ ...request, nodeGroup: '' })),
  },
  {
    name: 'no-foreign-cluster',
    rules: ['CS-052', 'CS-056'],
    does: 'Without a node in its cluster a session is pushed nothing.',
    looksLike: 'Chat Server before 8.5.311.06.',
  },
  {
    name: 'unsent-tried-again-by-timer',
    rules: ['CS-053'],
    does: 'A notification without a node is repeated after flex-push-resend-delay.',
    looksLike: 'The resend timer does not ask whether anything was sent.',
  },
  {
    name: 'unsent-never-tried-again',
    rules: ['CS-053'],
    does: 'A reliable notification without a node is lost for good.',
    looksLike: 'The state "not sent" is left by the next push only.',
  },
  {
    name: 'no-line-without-node',
    rules: ['CS-054', 'PUSH-080'],
    does: 'A notification without a node is not logged.',
    looksLike: 'The trace level of the line is above the one that is configured.',
    gate: () => ({ line: line => (line.startsWith('Trc 59758') ? undefined : line) }),
  },
  {
    name: 'line-without-group',
    rules: ['CS-054', 'CS-056'],
    does: 'The line of a notification without a node does not name the group.',
    looksLike: 'The text of an older version.',
    gate: () => ({ line: line => (line.startsWith('Trc 59758') ? line.replace(/group=.*/, 'group=') : line) }),
  },
  {
    name: 'always-the-first-node',
    rules: ['CS-055'],
    does: 'All sessions are associated with the first node of the cluster.',
    looksLike: 'The list is searched from its beginning each time.',
  },
  {
    name: 'node-group-pair-ignored',
    rules: ['CS-056'],
    does: 'GCTI_GMS_NodeGroup in the user data has no effect.',
    looksLike: 'The name that GMS supplies is written over it.',
    gate: () =>
      changedRequest('requestChat', request => {
        const { GCTI_GMS_NodeGroup: _, ...userData } = request.userData ?? {}
        return { ...request, userData }
      }),
  },
  {
    name: 'outage-made-up-for',
    rules: ['CS-057'],
    does: 'After an outage the events that nobody was told of are pushed as well.',
    looksLike: 'The notifications wait in a queue of the session.',
    gate: () => {
      const unsent = new Map<string, ChatEvent[]>()
      return {
        event(event, chatId) {
          if (event.from.type !== 'Client') unsent.set(chatId, [...(unsent.get(chatId) ?? []), event])
          return event
        },
        notice(notice) {
          const missed = (unsent.get(notice.chatId) ?? []).filter(event => event.index < notice.index)
          unsent.delete(notice.chatId)
          return [...missed.map(event => ({ ...notice, index: event.index, eventType: event.type, event })), notice]
        },
      }
    },
  },
  {
    name: 'every-node-registers',
    rules: ['CS-058'],
    does: 'A node with enable_notification_mode=false is registered all the same.',
    looksLike: 'The option is read for CometD only.',
    gate: () => changedOption('chat', 'enable_notification_mode', () => 'true'),
  },
])
