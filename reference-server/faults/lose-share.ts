import type { FaultDefinition } from './fault.ts'

const defaultShare = 0.02

export const loseShare: FaultDefinition = {
  name: 'lose-share',
  does: 'A share of the pushes is never sent.',
  looksLike: 'A queue drops what does not fit.',
  arguments: '2%',
  rules: ['pushes_lost', 'PUSH-031'],
  modes: ['payload', 'device-id'],
  inConformance: 'lose-share:100%',
  plant(args, random) {
    const share = args.share(0, defaultShare)
    return { notice: notice => (random.next() < share ? [] : [notice]) }
  },
}
