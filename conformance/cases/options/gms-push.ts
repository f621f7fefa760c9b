import { cases } from '../../case.ts'

export const gmsPush = cases('options', 'gms-push', [])
