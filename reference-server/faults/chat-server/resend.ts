import { conformFaults } from '../conform-fault.ts'

export const resend = conformFaults([])
