import type { RuleSection } from '../rule.ts'

export const health: RuleSection = {
  area: 'chat-server',
  section: 'health',
  feature: 'async chat',
  title: 'Health endpoint',
  rules: [
    {
      id: 'CS-110',
      level: 'MUST',
      basis: 'D',
      statement: 'A Chat Server shows its health over HTTP, with `app_dbid` and `process_os_pid` at least.',
      source: ['Async chat through the GMS REST API'],
      needs: [],
    },
    {
      id: 'CS-111',
      level: 'MUST',
      basis: 'D',
      statement: '`app_dbid` has the value that the REST API calls `alias`.',
      source: ['Async chat through the GMS REST API'],
      needs: [],
    },
    {
      id: 'CS-112',
      level: 'MUST',
      basis: 'D',
      statement: 'A restarted server has another `process_os_pid`.',
      source: ['Async chat through the GMS REST API'],
      needs: ['server control'],
    },
    {
      id: 'CS-113',
      level: 'MUST',
      basis: 'D',
      statement: 'The health port does not answer while its server is down.',
      source: ['Async chat through the GMS REST API'],
      needs: ['server control'],
    },
    {
      id: 'CS-114',
      level: 'MUST',
      basis: 'X',
      statement:
        'The reference server answers `GET /health` with a JSON object of numbers that has its load and push gauges beside the two documented members.',
      source: [],
      needs: [],
      questions: ['OQ-36'],
    },
    {
      id: 'CS-115',
      level: 'SHOULD',
      basis: 'X',
      statement: "The suite's clients take `app_dbid` and `process_os_pid` as strings too.",
      source: [],
      needs: [],
      questions: ['OQ-36'],
    },
  ],
}
