import type { FaultDefinition } from './fault.ts'

export const twoInFlight: FaultDefinition = {
  name: 'two-in-flight',
  does: 'A node begins the next POST while one is not answered.',
  arguments: '',
  caughtBy: ['PUSH-070'],
  modes: ['payload', 'reliable', 'device-id'],
  plant: () => ({ lanes: () => 2 }),
}
