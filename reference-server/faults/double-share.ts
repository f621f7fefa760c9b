import type { FaultDefinition } from './fault.ts'

const defaultShare = 0.01

export const doubleShare: FaultDefinition = {
  name: 'double-share',
  does: 'A share of the pushes is sent twice.',
  arguments: '1%',
  caughtBy: ['CS-072'],
  modes: ['payload', 'device-id'],
  plant(args, random) {
    const share = args.share(0, defaultShare)
    return { notice: notice => (random.next() < share ? [notice, notice] : [notice]) }
  },
}
