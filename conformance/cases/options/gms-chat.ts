import { cases } from '../../case.ts'

export const gmsChat = cases('options', 'gms-chat', [])
