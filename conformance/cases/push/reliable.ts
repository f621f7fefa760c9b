import { cases } from '../../case.ts'

export const reliable = cases('push', 'reliable', [])
