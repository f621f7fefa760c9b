import { cases } from '../../case.ts'

export const loadLimits = cases('chat-server', 'load-limits', [])
