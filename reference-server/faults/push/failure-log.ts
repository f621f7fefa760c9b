import { conformFaults } from '../conform-fault.ts'

export const failureLog = conformFaults([])
