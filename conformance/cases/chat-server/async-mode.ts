import { cases } from '../../case.ts'

export const asyncMode = cases('chat-server', 'async-mode', [])
