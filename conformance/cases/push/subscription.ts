import { cases } from '../../case.ts'

export const subscription = cases('push', 'subscription', [])
