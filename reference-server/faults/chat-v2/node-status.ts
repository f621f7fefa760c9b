import { conformFaults } from '../conform-fault.ts'

export const nodeStatus = conformFaults([])
