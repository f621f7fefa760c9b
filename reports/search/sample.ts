import type { SearchResult, SearchTrial } from '../../schemas/generated/types.ts'

const start = Date.parse('2026-11-21T16:00:00.000Z')

function trial(
  number: number,
  more: Pick<SearchTrial, 'rate' | 'purpose' | 'verdict'> & Partial<SearchTrial>,
): SearchTrial {
  return {
    ...{ number, why: '', run: `a${number}`, seed: number, folder: `trials/0${number}-${more.rate}` },
    ...{ startedAt: new Date(start + number * 25_000).toISOString(), seconds: 24.5, achieved: more.rate },
    ...{ pushLatencyP99Ms: 12.4, pushServiceMeanMs: 6.21, ...more },
  }
}

/** Every verdict once, with texts that break what is not escaped. */
export const sampleSearch: SearchResult = {
  format: 1,
  tool: { name: 'chatgauge', version: '0.0.0' },
  vary: 'pushes',
  unit: 'pushes/s',
  scenario: 'push-latency',
  seed: 1,
  startedAt: '2026-11-21T16:00:00.000Z',
  endedAt: '2026-11-21T16:06:12.000Z',
  verdict: {
    exit: 0,
    word: 'answer',
    sentence:
      'find-capacity: the thresholds hold up to 158 pushes/s and no longer at 161/s (push_latency p99 is 812 ms), 4 trials in 6 min 12 s',
    reason: 'found',
  },
  answer: { holds: 158, breaks: 161, trials: 2, achieved: 157.8, pushServiceMeanMs: 6.21 },
  range: { lowest: 40, highest: 10_000, mostTrials: 50 },
  options: { 'receiver-delay': 'const(5ms)', set: ['a=</script>'] },
  target: { url: 'http://127.0.0.1:1', reference: true, service: 'customer-support', gmsNodes: 1, chatServers: 1 },
  environment: { node: 'v24', k6: '2.2.0', os: 'Linux', arch: 'x64', cpus: 2, memoryBytes: 1 },
  trials: [
    trial(1, { rate: 80, purpose: 'grow', verdict: 'pass' }),
    trial(2, { rate: 160, purpose: 'grow', verdict: 'inconclusive', cause: 'ours', why: '</script><b>|late' }),
    trial(3, { rate: 161, purpose: 'confirm', verdict: 'fail', why: 'push_latency p99 is 812 ms' }),
    trial(4, { rate: 158, purpose: 'confirm', verdict: 'pass' }),
  ],
}
