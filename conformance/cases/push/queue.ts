import { cases } from '../../case.ts'

export const queue = cases('push', 'queue', [])
