import { conformFaults } from '../conform-fault.ts'

export const requestChat = conformFaults([])
