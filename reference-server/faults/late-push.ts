import { type Distribution, sample } from '../../protocol/distribution.ts'
import type { FaultDefinition } from './fault.ts'

const defaultShare = 0.02
const defaultDelay: Distribution = { kind: 'const', valueMs: 2000 }

/** With a share of 100% every push waits as long as the distribution says: latency that is known beforehand. */
export const latePush: FaultDefinition = {
  name: 'late-push',
  does: 'A share of the pushes waits in the node before it is sent; the time may be a distribution, as lognorm(20ms,200ms).',
  looksLike: 'The sender stalls now and then, as in a garbage collection or behind a full connection pool.',
  arguments: '2%,2s',
  rules: ['push_latency'],
  modes: ['payload', 'reliable', 'device-id'],
  plant(args, random) {
    const share = args.share(0, defaultShare)
    const delay = args.durations(1, defaultDelay)
    return { delay: () => (random.next() < share ? sample(delay, random.next) : undefined) }
  },
}
