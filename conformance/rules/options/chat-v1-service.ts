import type { RuleSection } from '../rule.ts'

export const chatV1Service: RuleSection = {
  area: 'options',
  section: 'chat-v1-service',
  feature: 'chat v1',
  title: 'GMS: services of Chat API Version 1',
  rules: [
    {
      id: 'OPT-100',
      level: 'MUST',
      basis: 'D',
      statement: '`_client_timeout_notification` is 90 by default, may be 0, and takes effect immediately.',
      source: ['Options: Generic Options of GMS services', 'Chat API Version 1: push and background state'],
      needs: ['agent', 'time control', 'push sink', 'configuration'],
      questions: ['OQ-49'],
    },
    {
      id: 'OPT-101',
      level: 'MUST',
      basis: 'D',
      statement: '`_agent_timeout_notification_message` is the text of the notice to the agent.',
      source: ['Options: Generic Options of GMS services'],
      needs: ['agent', 'configuration'],
    },
    {
      id: 'OPT-102',
      level: 'SHOULD',
      basis: 'D',
      statement: '`_chat_400_response_on_disconnected` is false by default.',
      source: ['Options: Generic Options of GMS services'],
      needs: ['agent', 'configuration'],
    },
    {
      id: 'OPT-103',
      level: 'SHOULD',
      basis: 'D',
      statement: "`_provider_name` chooses the provider section of a V1 service's pushes.",
      source: ['Push Notification Service'],
      needs: ['agent', 'push sink', 'configuration'],
    },
    {
      id: 'OPT-104',
      level: 'MUST',
      basis: 'X',
      statement:
        '`filtering_chat_events` in the section of a V1 service replaces the one of section push for that service.',
      source: [],
      needs: ['agent', 'push sink', 'configuration'],
      questions: ['OQ-43'],
    },
  ],
}
