import type { RuleSection } from '../rule.ts'

export const nodeAssociation: RuleSection = {
  area: 'chat-server',
  section: 'node-association',
  feature: 'async chat',
  title: 'Association with a GMS node',
  rules: [
    {
      id: 'CS-050',
      level: 'MUST',
      basis: 'D',
      statement:
        'Chat Server chooses a node of the cluster in `GCTI_GMS_NodeGroup` and stays with it until the node disconnects.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'server control'],
    },
    {
      id: 'CS-051',
      level: 'MUST',
      basis: 'D',
      statement:
        'The GMS node gives its cluster name to Chat Server itself, so a subscription without `GCTI_GMS_NodeGroup` works.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'CS-052',
      level: 'MUST',
      basis: 'D',
      statement: 'When the cluster has no registered node, a node of another cluster takes over.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'server control'],
    },
    {
      id: 'CS-053',
      level: 'MUST',
      basis: 'D',
      statement:
        "When no node is registered at all, Chat Server tries again at the session's next activity or restoration and not before.",
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'server control'],
    },
    {
      id: 'CS-054',
      level: 'MUST',
      basis: 'D',
      statement: 'A notification without a node is logged as trace 59758 with the name of the group.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'server control'],
    },
    {
      id: 'CS-055',
      level: 'MUST',
      basis: 'X',
      statement: 'New associations take the nodes of a cluster in turn.',
      source: [],
      needs: ['agent', 'push sink', 'server control'],
      questions: ['OQ-33'],
    },
    {
      id: 'CS-056',
      level: 'MUST',
      basis: 'X',
      statement:
        'A `GCTI_GMS_NodeGroup` in the user data wins over the cluster name of GMS, and a name that no node has counts as an empty cluster.',
      source: [],
      needs: ['push sink', 'server control'],
      questions: ['OQ-33'],
    },
    {
      id: 'CS-057',
      level: 'MUST',
      basis: 'X',
      statement:
        'Without reliable delivery the notifications of an outage are not made up for: a new association pushes new events only.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'server control'],
      questions: ['OQ-33'],
    },
    {
      id: 'CS-058',
      level: 'MUST',
      basis: 'D',
      statement: 'A node without notification mode is not registered and is never associated.',
      source: ['Chat API Version 2 via CometD', 'Push notifications via GMS to HTTP server'],
      needs: ['push sink', 'configuration', 'server control'],
    },
  ],
}
