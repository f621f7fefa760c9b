import { conformFaults } from '../conform-fault.ts'

export const loadLimits = conformFaults([])
