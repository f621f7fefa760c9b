import type { RuleSection } from '../rule.ts'

export const requestChat: RuleSection = {
  area: 'chat-v2',
  section: 'request-chat',
  feature: 'async chat',
  title: 'Request chat',
  rules: [
    {
      id: 'CV2-070',
      level: 'MUST',
      basis: 'D',
      statement:
        "Request chat answers statusCode 0 with `alias`, `userId`, `secureKey`, `chatId` and the client's own ParticipantJoined.",
      source: ['Chat API Version 2'],
      needs: [],
    },
    {
      id: 'CV2-071',
      level: 'MUST',
      basis: 'D',
      statement: "The client's ParticipantJoined has index 1, participantId 1 and type Client.",
      source: ['Chat API Version 2', 'Chat API Version 2 via CometD'],
      needs: [],
    },
    {
      id: 'CV2-072',
      level: 'MUST',
      basis: 'D',
      statement: 'A client without nickname is called by its first name, a blank and its last name.',
      source: ['Chat API Version 2', 'Chat API Version 2 via CometD'],
      needs: [],
    },
    {
      id: 'CV2-073',
      level: 'MUST',
      basis: 'X',
      statement: 'A nickname is preferred to first and last name.',
      source: [],
      needs: [],
      questions: ['OQ-01'],
    },
    {
      id: 'CV2-074',
      level: 'MUST',
      basis: 'D',
      statement: 'Fields `userData[k]=v` are attached to the interaction, where the agent can read them.',
      source: ['Chat API Version 2'],
      needs: ['agent'],
    },
    {
      id: 'CV2-075',
      level: 'SHOULD',
      basis: 'D',
      statement: "`userData[TimeZone]` sets the customer's time zone, in minutes.",
      source: ['Chat API Version 2'],
      needs: ['agent'],
    },
    {
      id: 'CV2-076',
      level: 'MUST',
      basis: 'X',
      statement:
        'The subject, the names and the e-mail address are attached as `Subject`, `FirstName`, `LastName` and `EmailAddress`.',
      source: ['data: stored transcript'],
      needs: ['agent'],
      questions: ['OQ-14'],
    },
    {
      id: 'CV2-077',
      level: 'MUST',
      basis: 'DO',
      statement:
        '`chatId`, `userId` and `secureKey` cannot be guessed or are unique: two sessions never have a chatId or a secureKey in common.',
      source: ['API Responses'],
      needs: [],
    },
    {
      id: 'CV2-078',
      level: 'SHOULD',
      basis: 'O',
      statement:
        "The reference server's chatId has 16 letters and digits, its userId 16 upper-case hex digits, its REST secureKey 16 to 20 lower-case hex digits, its alias decimal digits.",
      source: [
        'Chat API Version 2 via CometD',
        'Push notifications via GMS to HTTP server',
        'client: Java integrator service',
      ],
      needs: [],
      questions: ['OQ-03'],
    },
  ],
}
