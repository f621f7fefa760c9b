import { cases } from '../../case.ts'

export const transport = cases('chat-v2', 'transport', [])
