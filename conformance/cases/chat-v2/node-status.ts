import { cases } from '../../case.ts'

export const nodeStatus = cases('chat-v2', 'node-status', [])
