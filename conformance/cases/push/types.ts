import { cases } from '../../case.ts'

export const types = cases('push', 'types', [])
