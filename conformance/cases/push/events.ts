import { cases } from '../../case.ts'

export const events = cases('push', 'events', [])
