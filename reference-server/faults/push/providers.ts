import { conformFaults } from '../conform-fault.ts'

export const providers = conformFaults([])
