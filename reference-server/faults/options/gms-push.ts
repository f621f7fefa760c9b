import { conformFaults } from '../conform-fault.ts'

export const gmsPush = conformFaults([])
