import { conformFaults } from '../conform-fault.ts'

export const health = conformFaults([])
