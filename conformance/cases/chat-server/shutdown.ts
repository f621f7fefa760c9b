import { cases } from '../../case.ts'

export const shutdown = cases('chat-server', 'shutdown', [])
