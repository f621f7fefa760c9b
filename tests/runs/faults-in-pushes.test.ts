import { describe } from 'vitest'
import { itNamesFirst, type Planted } from './planted-faults.ts'

const planted: readonly Planted[] = [
  { fault: 'drop-push', push: 'payload', threshold: 'pushes_lost', counters: { pushes_lost: 1 } },
  { fault: 'double-push', push: 'payload', rule: 'CS-072', counters: { pushes_duplicate: 1 }, found: 1 },
  // Another push of that session must follow.
  { fault: 'swap-push:nth=300', push: 'payload', rule: 'PUSH-035', counters: { pushes_out_of_order: 1 }, found: 1 },
  { fault: 'change-text', push: 'payload', rule: 'CV2-055|PUSH-043' },
  {
    fault: 'late-push:2%,4s',
    push: 'payload',
    threshold: 'push_latency',
    // A p99 needs its samples.
    options: { threshold: 'push_latency p(99)<3500', hold: '5s' },
  },
  { fault: 'two-in-flight', push: 'payload', rule: 'PUSH-070', options: { 'receiver-delay': '5ms' } },
]

describe('a fault planted in pushes ends the run with exit 1, named first', () => {
  itNamesFirst(planted)
})
