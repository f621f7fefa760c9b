import { cases } from '../../case.ts'

export const otherOperations = cases('chat-v2', 'other-operations', [])
