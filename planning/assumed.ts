import { exactly, type Figure } from './figure.ts'

/** What is taken where neither an option nor a run says anything. */
export const assumed = {
  talkVariation: exactly(1, 'assumed', 'as spread as an exponential distribution; 0 = all sessions talk alike'),
  timeoutShare: exactly(0, 'assumed', 'a healthy receiver'),
  timeoutMs: exactly(5_000, 'assumed', 'default of the reference server; not documented for GMS'),
  headroom: exactly(0.3, 'assumed', 'a lane is planned at 60 to 70 %'),
  cores: exactly(1, 'assumed', 'one core each'),
  memoryBytes: exactly(4 * 1_024 ** 3, 'assumed', '4 GiB'),
  outageMs: exactly(60_000, 'assumed', 'a restart of the receiver'),
} as const satisfies Record<string, Figure>
