import type { RuleSection } from '../rule.ts'

export const cometdConnections: RuleSection = {
  area: 'cometd',
  section: 'connections',
  feature: 'cometd',
  title: 'Nodes, proxies and transports',
  rules: [
    {
      id: 'CV2-149',
      level: 'MUST',
      basis: 'D',
      statement:
        'The long polls of a client go to one node; a resume elsewhere takes a new handshake and requestNotifications.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['server control'],
    },
    {
      id: 'CV2-150',
      level: 'MUST',
      basis: 'X',
      statement: 'A wrong key is answered with a notification of statusCode 2, chatEnded true and error 249.',
      source: [],
      needs: ['destructive'],
      questions: ['OQ-10'],
    },
    {
      id: 'CV2-151',
      level: 'MUST',
      basis: 'X',
      statement: 'The operations of a Bayeux batch are carried out in their order.',
      source: [],
      needs: [],
      questions: ['OQ-13'],
    },
    {
      id: 'CV2-152',
      level: 'MUST',
      basis: 'DX',
      statement:
        'CometD tokens resume a chat over CometD only; REST needs tokens from request chat over REST or from a push that has them.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink', 'destructive'],
      questions: ['OQ-63'],
    },
    {
      id: 'CV2-153',
      level: 'SHOULD',
      basis: 'D',
      statement:
        'The CometD API works behind an HTTP/1.1 reverse proxy that passes Upgrade and Connection, or with long polling and sticky sessions where WebSocket is not passed.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['server control'],
    },
    {
      id: 'CV2-154',
      level: 'SHOULD',
      basis: 'D',
      statement: 'A condition has the same error code in REST and in CometD, and parameters have the same names.',
      source: ['Chat API Version 2 via CometD'],
      needs: [],
    },
    {
      id: 'CV2-155',
      level: 'MUST',
      basis: 'D',
      statement: 'A node with a certificate serves the same paths over HTTPS and secure WebSocket.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['configuration'],
    },
    {
      id: 'CV2-156',
      level: 'MUST',
      basis: 'D',
      statement: 'Long polling, callback polling and WebSocket give the same answers in the same order.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent'],
    },
    {
      id: 'CV2-157',
      level: 'MUST',
      basis: 'D',
      statement:
        'Each operation is answered with its own event of the client, as Message for sendMessage; readReceipt, updateData and disconnect have none.',
      source: ['Chat API Version 2 via CometD'],
      needs: [],
    },
    {
      id: 'CV2-158',
      level: 'SHOULD',
      basis: 'DX',
      statement:
        "Behind the documented NGINX, Apache and HAProxy samples all three transports work while a held connect is shorter than the proxy's timeout.",
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'server control'],
      questions: ['OQ-59'],
    },
    {
      id: 'CV2-159',
      level: 'MUST',
      basis: 'D',
      statement:
        'requestNotifications right after requestChat on the same CometD session returns the events from its position on.',
      source: ['Chat API Version 2 via CometD'],
      needs: [],
    },
  ],
}
