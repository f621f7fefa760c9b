import type { RuleSection } from '../rule.ts'

export const loadLimits: RuleSection = {
  area: 'chat-server',
  section: 'load-limits',
  feature: 'async chat',
  title: 'Load limits',
  rules: [
    {
      id: 'CS-120',
      level: 'MUST',
      basis: 'D',
      statement:
        'While `limits-control-enabled` is false, which is the default, the number of sessions is not limited.',
      source: ['Chat Server Administration: sizing'],
      needs: ['destructive'],
    },
    {
      id: 'CS-121',
      level: 'MUST',
      basis: 'DX',
      statement: 'An instance at a limit takes no more sessions and goes on serving those it has.',
      source: ['Chat Server Administration: sizing'],
      needs: ['configuration', 'server control'],
      questions: ['OQ-38'],
    },
    {
      id: 'CS-122',
      level: 'MUST',
      basis: 'D',
      statement:
        'An instance takes sessions again when the metric is below `limits-restore-threshold` percent of its limit, not sooner.',
      source: ['Chat Server Administration: sizing'],
      needs: ['configuration'],
    },
    {
      id: 'CS-123',
      level: 'MUST',
      basis: 'X',
      statement: 'GMS tries the other instances, and request chat fails with 240 when none takes the session.',
      source: [],
      needs: ['configuration', 'server control'],
      questions: ['OQ-38'],
    },
    {
      id: 'CS-124',
      level: 'MUST',
      basis: 'X',
      statement: 'A load limit does not keep an existing session from being restored.',
      source: [],
      needs: ['configuration', 'server control'],
      questions: ['OQ-38'],
    },
    {
      id: 'CS-125',
      level: 'MUST',
      basis: 'X',
      statement: 'A limit of 0 means that the metric is not limited.',
      source: [],
      needs: ['configuration'],
      questions: ['OQ-38'],
    },
    {
      id: 'CS-126',
      level: 'SHOULD',
      basis: 'D',
      statement:
        'With `limits-reached-report-scs=false` the state SERVICE UNAVAILABLE is not reported; the reference server reports it by a log line and a health member.',
      source: ['Chat Server Administration: sizing'],
      needs: ['configuration'],
    },
  ],
}
