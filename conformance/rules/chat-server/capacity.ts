import type { RuleSection } from '../rule.ts'

export const capacity: RuleSection = {
  area: 'chat-server',
  section: 'capacity',
  feature: 'async chat',
  title: 'Load figures',
  rules: [
    {
      id: 'CS-130',
      level: 'MUST',
      basis: 'D',
      statement:
        'The async scenario keeps its sessions alive by sparse pings alone, at an interval below `flex-push-timeout`, and never polls.',
      source: ['Async chat through the GMS REST API', 'Push notifications via GMS to HTTP server'],
      needs: ['push sink'],
    },
    {
      id: 'CS-131',
      level: 'SHOULD',
      basis: 'D',
      statement: '100,000 sessions with a ping every 30 min make 55.6 pings per second, evenly spread but for jitter.',
      source: ['Async chat through the GMS REST API'],
      needs: [],
    },
    {
      id: 'CS-132',
      level: 'MUST',
      basis: 'DX',
      statement:
        'A reliable push makes the client refresh its session once; pushes with the same notify-position share one refresh.',
      source: ['Async chat through the GMS REST API', 'Push notifications via GMS to HTTP server'],
      needs: ['push sink'],
      questions: ['OQ-63'],
    },
  ],
}
