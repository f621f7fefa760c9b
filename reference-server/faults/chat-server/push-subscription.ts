import { conformFaults } from '../conform-fault.ts'

export const pushSubscription = conformFaults([])
