import { conformFaults } from '../conform-fault.ts'

export const responses = conformFaults([])
