import type { FaultDefinition } from './fault.ts'

const defaultShare = 0.02
const defaultDelayMs = 2000

export const latePush: FaultDefinition = {
  name: 'late-push',
  does: 'A share of the pushes waits in the node before it is sent.',
  arguments: '2%,2s',
  caughtBy: ['push_latency'],
  modes: ['payload', 'reliable', 'device-id'],
  plant(args, random) {
    const share = args.share(0, defaultShare)
    const ms = args.durationMs(1, defaultDelayMs)
    return { delay: () => (random.next() < share ? ms : undefined) }
  },
}
