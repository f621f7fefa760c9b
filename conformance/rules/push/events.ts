import type { RuleSection } from '../rule.ts'

export const events: RuleSection = {
  area: 'push',
  section: 'events',
  feature: 'async chat',
  title: 'Which events are pushed',
  rules: [
    {
      id: 'PUSH-030',
      level: 'MUST',
      basis: 'D',
      statement:
        'The types fcm and ios announce ParticipantJoined, ParticipantLeft, Message, PushUrl, FileUploaded, IdleAlert and IdleClose, and nothing else.',
      source: ['Chat API Version 2 via CometD', 'client: Swift library GMSLibrary'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-031',
      level: 'MUST',
      basis: 'X',
      statement:
        'With payload a customhttp push is sent for each event that a CometD client would be notified of without asking.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
      questions: ['OQ-26'],
    },
    {
      id: 'PUSH-032',
      level: 'MUST',
      basis: 'X',
      statement: 'A reliable subscription is not triggered by typing events.',
      source: [],
      needs: ['agent', 'time control', 'push sink'],
      questions: ['OQ-26'],
    },
    {
      id: 'PUSH-033',
      level: 'MUST',
      basis: 'D',
      statement: 'The customhttp push of a ParticipantLeft shows the quit reason, 0 and 3 included.',
      source: ['Reason Codes'],
      needs: ['time control', 'push sink'],
    },
    {
      id: 'PUSH-034',
      level: 'MUST',
      basis: 'D',
      statement: 'A push contains one event, never several.',
      source: ['Chat API Version 2 via CometD', 'Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-035',
      level: 'MUST',
      basis: 'X',
      statement: 'The pushes of a session leave the node in the order of their event indexes.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
      questions: ['OQ-33'],
    },
    {
      id: 'PUSH-036',
      level: 'MUST',
      basis: 'X',
      statement:
        "The server adds no member of `flex-push-content` to a push with payload; a receiver tolerates such members in the event's userData.",
      source: [],
      needs: ['agent', 'push sink', 'configuration'],
      questions: ['OQ-61'],
    },
  ],
}
