import { cases } from '../../case.ts'

export const lifeCycle = cases('chat-server', 'life-cycle', [])
