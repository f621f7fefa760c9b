import { cases } from '../../case.ts'

export const receiver = cases('push', 'receiver', [])
