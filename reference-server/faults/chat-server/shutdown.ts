import { conformFaults } from '../conform-fault.ts'

export const shutdown = conformFaults([])
