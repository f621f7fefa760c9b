import type { FaultDefinition } from './fault.ts'

export const twoInFlight: FaultDefinition = {
  name: 'two-in-flight',
  does: 'A node begins the next POST while one is not answered.',
  looksLike: 'The lock around the connection is per session, not per node.',
  arguments: '',
  rules: ['PUSH-070'],
  modes: ['payload', 'reliable', 'device-id'],
  inConformance: 'two-in-flight',
  plant: () => ({ lanes: () => 2 }),
}
