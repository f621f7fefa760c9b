import { conformFaults } from '../conform-fault.ts'

export const values = conformFaults([])
