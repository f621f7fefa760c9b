import { cases } from '../../case.ts'

export const health = cases('chat-server', 'health', [])
