import { conformFaults } from '../conform-fault.ts'

export const chatServerSettings = conformFaults([])
