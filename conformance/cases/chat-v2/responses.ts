import { cases } from '../../case.ts'

export const responses = cases('chat-v2', 'responses', [])
