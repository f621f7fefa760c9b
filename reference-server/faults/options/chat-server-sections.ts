import { conformFaults } from '../conform-fault.ts'

export const chatServerSections = conformFaults([])
