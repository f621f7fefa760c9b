import { cases } from '../../case.ts'

export const capacity = cases('chat-server', 'capacity', [])
