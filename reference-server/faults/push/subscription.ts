import { conformFaults } from '../conform-fault.ts'

export const subscription = conformFaults([])
