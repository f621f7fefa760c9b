import type { FaultDefinition } from './fault.ts'

const defaultShare = 0.01

export const doubleShare: FaultDefinition = {
  name: 'double-share',
  does: 'A share of the pushes is sent twice.',
  looksLike: 'A sender repeats now and then after an answer that came late.',
  arguments: '1%',
  rules: ['CS-072'],
  modes: ['payload', 'device-id'],
  inConformance: 'double-share:100%',
  plant(args, random) {
    const share = args.share(0, defaultShare)
    return { notice: notice => (random.next() < share ? [notice, notice] : [notice]) }
  },
}
