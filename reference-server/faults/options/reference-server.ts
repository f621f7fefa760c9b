import { conformFaults } from '../conform-fault.ts'

export const referenceServer = conformFaults([])
