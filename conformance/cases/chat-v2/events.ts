import { cases } from '../../case.ts'

export const events = cases('chat-v2', 'events', [])
