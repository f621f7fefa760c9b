import { conformFaults } from '../conform-fault.ts'

export const types = conformFaults([])
