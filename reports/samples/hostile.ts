import type { Result } from '../../schemas/generated/types.ts'
import { readSample } from './read-sample.ts'

/** Closes the data block, runs scripts, breaks attributes, turns the direction of text. */
export const hostileText = `</script><script>alert(1)</script><img src=x onerror=alert(2)>" ' & \u202e\u0000 😀 \u05e9\u05dc\u05d5\u05dd`
export const longWord = 'x'.repeat(10_000)

/** Every text of a result that can come from outside, replaced. */
export function withHostileTexts(text: string): Result {
  const result = readSample('fail')
  result.scenario = text
  result.verdict.sentence = text
  result.verdict.reasons = [{ exit: 1, kind: 'arrived-wrong', code: text, text }]
  result.options = { [text]: text, list: [text, text] }
  result.target = { url: text, reference: false, service: text, fault: text }
  result.violations.byRule = [
    {
      rule: text,
      count: 1,
      what: text,
      text,
      judged: true,
      example: { at: text, session: text, pointer: text, expected: text, found: text, message: text },
    },
  ]
  result.notes = [text]
  result.coverage.notes = [text]
  result.coverage.kinds = { [text]: 1 }
  result.ledger.sources = [{ name: text, what: text, count: 1 }]
  result.ledger.imbalances = [text]
  result.ledger.byType = { [text]: { expected: 1, delivered: 1, covered: 0, lost: 0, open: 0 } }
  result.thresholds = [
    { metric: text, expression: text, limit: 1, value: 1, samples: 1, verdict: 'pass', isDefault: true, text },
  ]
  result.validity = [{ name: text, limit: 1, value: 2, unit: 'ms', ok: false, text }]
  result.processes = [{ name: text, cpuMean: 0, cpuMax: 0, loopDelayP99Ms: 0, heapMaxBytes: 0 }]
  result.nodes = [{ name: text, posts: 1, chats: 1 }]
  result.chatServers = [{ name: text, chats: 1, events: 1, notices: 1 }]
  result.counters.requests_failed = 1
  const { startedAt: first, endedAt: last } = result
  result.failures = [{ operation: text, outcome: text, count: 1, first, last, sample: text }]
  result.environment.os = text
  return result
}
