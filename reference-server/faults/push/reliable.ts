import { conformFaults } from '../conform-fault.ts'

export const reliable = conformFaults([])
