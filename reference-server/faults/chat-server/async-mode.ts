import { conformFaults } from '../conform-fault.ts'

export const asyncMode = conformFaults([])
