import { conformFaults } from '../conform-fault.ts'

export const events = conformFaults([])
