import type { ConformanceResult } from '../../schemas/generated/types.ts'
import type { CaseResult } from './case-text.ts'

const passed: CaseResult = {
  id: 'CV2-087/after-send',
  area: 'chat-v2',
  section: 'send-and-refresh',
  title: 'nextPosition counts the message',
  rules: ['CV2-087'],
  needs: [],
  verdict: 'passed',
  durationMs: 12.3,
  findings: [],
  story: [],
}

/** Every verdict once, with texts that break what is not escaped. */
export const sampleResult: ConformanceResult = {
  format: 1,
  tool: { name: 'chatgauge', version: '0.0.0' },
  seed: 7,
  startedAt: '2026-11-20T10:00:00.000Z',
  durationMs: 1234,
  target: {
    name: 'http://gms.test',
    urls: ['http://gms.test'],
    service: 'care',
    isReference: false,
    capabilities: ['push sink'],
    absenceWindowMs: 5000,
  },
  verdict: { word: 'fail', exit: 1, sentence: 'http://gms.test: 6 cases of 3 rules, 1 failed (1.2 s)' },
  counts: { passed: 1, failed: 1, error: 1, warned: 1, informational: 1, skipped: 1, 'known failing': 1 },
  problems: ['known failing: CS-* matches no case'],
  sections: [
    { area: 'chat-v2', section: 'send-and-refresh', title: 'Send and refresh' },
    { area: 'push', section: 'queue', title: 'One push after another' },
  ],
  cases: [
    passed,
    {
      ...passed,
      id: 'CV2-085/middle',
      verdict: 'failed',
      findings: [
        {
          rule: 'CV2-085',
          level: 'MUST',
          basis: 'DO',
          statement: 'Refresh from n returns the events from n on.',
          weight: 'failed',
          what: 'a value is different',
          expected: '"<b>three</b>" & ]]>',
          found: '| four `x` \u0000',
          at: '/messages/0',
          source: ['API Responses'],
          page: 'docs/rules/chat-v2.md#cv2-085',
        },
      ],
      story: [
        {
          said: 'customer refreshes → 200',
          request: 'POST http://gms.test/x\ncontent-type: application/x-www-form-urlencoded\n\nsecureKey=…',
          answer: `HTTP 200\ncontent-type: application/json\ndate: today\n\n${'x'.repeat(700)}`,
        },
      ],
    },
    {
      ...passed,
      id: 'CV2-086/x',
      verdict: 'error',
      reason: 'the story did not end within 20 s',
      discarded: [{ stoodStillMs: 812, found: 'CV2-086: <b>9</b>' }],
    },
    { ...passed, id: 'CV2-088/x', verdict: 'warned', reason: 'observed only' },
    { ...passed, id: 'PUSH-070/x', area: 'push', section: 'queue', verdict: 'informational', reason: 'a decision' },
    {
      ...passed,
      id: 'PUSH-071/x',
      area: 'push',
      section: 'queue',
      needs: ['agent'],
      verdict: 'skipped',
      reason: 'the target has no agent',
    },
    { ...passed, id: 'PUSH-075/x', area: 'push', section: 'queue', verdict: 'known failing', reason: 'old release' },
  ],
  rules: [
    {
      id: 'CV2-085',
      area: 'chat-v2',
      section: 'send-and-refresh',
      level: 'MUST',
      basis: 'DO',
      statement: 'Refresh from n returns the events from n on.',
      cases: ['CV2-085/middle'],
      verdict: 'failed',
    },
    {
      id: 'PUSH-070',
      area: 'push',
      section: 'queue',
      level: 'MUST',
      basis: 'D',
      statement: 'A node has one POST in flight.',
      cases: [],
      verdict: 'without a case',
    },
  ],
}
