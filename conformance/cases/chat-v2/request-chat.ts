import { cases } from '../../case.ts'

export const requestChat = cases('chat-v2', 'request-chat', [])
